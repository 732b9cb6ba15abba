-- Which tables and clusters DynamoDB, the Data API and the database's audit log name most, in the last seven days
SELECT service, resource, count(*) AS calls, sum(CASE WHEN read_only THEN 1 ELSE 0 END) AS reads,
  count(DISTINCT principal) AS principals, sum(CASE WHEN denied THEN 1 ELSE 0 END) AS denials
FROM events
WHERE resource IS NOT NULL AND day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
  AND (service IN ('dynamodb', 'rds-data') OR (source = 'database-audit' AND action IN ('READ', 'WRITE')))
GROUP BY service, resource
ORDER BY calls DESC, service, resource
LIMIT 50
