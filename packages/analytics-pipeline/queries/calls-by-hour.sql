-- Calls, denials and errors by the hour and source, in the last seven days
SELECT date_trunc('hour', event_time) AS hour, source, count(*) AS calls, sum(CASE WHEN denied THEN 1 ELSE 0 END) AS denials,
  sum(CASE WHEN error_code IS NOT NULL OR status >= 400 THEN 1 ELSE 0 END) AS errors
FROM events
WHERE day >= cast(cast(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY date_trunc('hour', event_time), source
ORDER BY hour, source
