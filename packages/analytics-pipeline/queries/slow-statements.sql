-- Which statements of the slow query log took longest in all, in the last seven days
SELECT statement, principal, count(*) AS runs, round(sum(duration_ms), 1) AS total_ms, round(avg(duration_ms), 1) AS average_ms,
  round(max(duration_ms), 1) AS slowest_ms, max(event_time) AS last_seen
FROM events
WHERE source = 'database-audit' AND action = 'SLOW' AND day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY statement, principal
ORDER BY total_ms DESC, statement, principal
LIMIT 50
