-- Which routes of the API failed how often and for whom, in the last seven days
SELECT route, count(*) AS calls, count(DISTINCT CASE WHEN status >= 400 THEN principal END) AS principals, sum(CASE WHEN status BETWEEN 400 AND 499 THEN 1 ELSE 0 END) AS client_errors,
  sum(CASE WHEN status >= 500 THEN 1 ELSE 0 END) AS server_errors,
  sum(CASE WHEN status = 429 THEN 1 ELSE 0 END) AS throttled,
  round(100.0 * sum(CASE WHEN status >= 400 THEN 1 ELSE 0 END) / count(*), 1) AS percent_failed,
  max(duration_ms) AS slowest_ms
FROM events
WHERE source = 'api-access' AND day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY route
HAVING sum(CASE WHEN status >= 400 THEN 1 ELSE 0 END) > 0
ORDER BY server_errors DESC, client_errors DESC, route
LIMIT 100
