-- Who was denied what, and by what, in the last seven days
SELECT principal, principal_type, source, action, error_code, count(*) AS denials, count(DISTINCT source_address) AS networks,
  min(event_time) AS first_seen, max(event_time) AS last_seen
FROM events
WHERE denied AND day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY principal, principal_type, source, action, error_code
ORDER BY denials DESC, principal, source, action, error_code
LIMIT 100
