-- Who called what, in the last seven days
SELECT principal, principal_type, service, action, count(*) AS calls, count(DISTINCT source_address) AS networks,
  sum(CASE WHEN denied THEN 1 ELSE 0 END) AS denials, max(event_time) AS last_seen
FROM events
WHERE source <> 'waf' AND day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY principal, principal_type, service, action
ORDER BY calls DESC, principal, service, action
LIMIT 500
