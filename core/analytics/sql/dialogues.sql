-- Time in dialogue and ratings, in working hours and out of them.
SELECT
    in_working_hours,
    count(*) AS dialogues,
    avg(dialogue_seconds) AS mean_seconds,
    avg(turns) AS mean_turns,
    avg(csat) AS csat,
    count(csat) AS csat_count,
    count(nps) AS nps_count,
    sum(callbacks) AS callbacks
FROM sessions
WHERE
    assistant = :assistant
    AND day BETWEEN :first_partition AND :last_partition
    AND local_day BETWEEN :first_day AND :last_day
    AND turns > 0
GROUP BY in_working_hours
ORDER BY in_working_hours
