-- Refused questions by the topic of the owner's policy; by the reason itself where none was touched.
SELECT
    coalesce(topic, reason, 'unknown') AS topic,
    count(*) AS count
FROM turns
WHERE
    assistant = :assistant
    AND day BETWEEN :first_partition AND :last_partition
    AND local_day BETWEEN :first_day AND :last_day
    AND state = 'refused'
GROUP BY 1
ORDER BY 2 DESC, 1
