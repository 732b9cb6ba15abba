-- Who called since yesterday at an hour of the day at which it had not called in the four weeks before
WITH calls AS (
  SELECT principal, hour(event_time) AS hour_of_day, day, service, event_time
  FROM events
  WHERE principal IS NOT NULL AND source <> 'waf' AND day >= cast(cast(current_date - INTERVAL '29' DAY AS date) AS varchar)
),
known AS (
  SELECT DISTINCT principal, hour_of_day
  FROM calls
  WHERE day < cast(cast(current_date - INTERVAL '1' DAY AS date) AS varchar)
),
regulars AS (SELECT DISTINCT principal FROM known)
SELECT calls.principal, calls.hour_of_day, count(*) AS calls, count(DISTINCT calls.service) AS services, min(calls.event_time) AS first_seen
FROM calls
JOIN regulars ON regulars.principal = calls.principal
LEFT JOIN known ON known.principal = calls.principal AND known.hour_of_day = calls.hour_of_day
WHERE known.principal IS NULL AND calls.day >= cast(cast(current_date - INTERVAL '1' DAY AS date) AS varchar)
GROUP BY calls.principal, calls.hour_of_day
ORDER BY calls DESC, calls.principal, calls.hour_of_day
LIMIT 100
