-- Load on the call centre: requests left in each hour of the salon's day, and those that nobody has worked on.
SELECT
    local_hour,
    count(*) AS requests,
    count_if(state = 'waiting') AS waiting
FROM callbacks
WHERE
    assistant = :assistant
    AND day BETWEEN :first_partition AND :last_partition
    AND local_day BETWEEN :first_day AND :last_day
GROUP BY local_hour
ORDER BY local_hour
