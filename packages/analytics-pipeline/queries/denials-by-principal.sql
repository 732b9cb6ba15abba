-- Who was denied what, in the last seven days
SELECT principal, principal_type, source, action, count(*) AS denials, min(event_time) AS first, max(event_time) AS last
FROM events
WHERE denied AND day >= date_format(current_date - INTERVAL '7' DAY, '%Y-%m-%d')
GROUP BY principal, principal_type, source, action
ORDER BY denials DESC
LIMIT 100
