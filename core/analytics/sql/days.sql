-- Every day of the salon on which a dialogue was opened: what was asked, how quickly it was answered, how it was rated.
WITH asked AS (
    SELECT
        local_day,
        count(DISTINCT session_id) AS dialogues,
        count(*) AS turns,
        count_if(state = 'answered') AS answered,
        count_if(state IN ('answered', 'refused') AND elapsed_ms <= :deadline_ms) AS in_time,
        count_if(state = 'refused') AS refusals,
        count_if(state = 'answered' AND reason IN (:unanswered)) AS unanswered,
        sum(model_tokens) AS model_tokens
    FROM turns
    WHERE
        assistant = :assistant
        AND day BETWEEN :first_partition AND :last_partition
        AND local_day BETWEEN :first_day AND :last_day
    GROUP BY local_day
),

rated AS (
    SELECT
        local_day,
        avg(csat) AS csat,
        count(csat) AS csat_count,
        count(nps) AS nps_count,
        count_if(nps >= 9) AS promoters,
        count_if(nps <= 6) AS detractors
    FROM sessions
    WHERE
        assistant = :assistant
        AND day BETWEEN :first_partition AND :last_partition
        AND local_day BETWEEN :first_day AND :last_day
    GROUP BY local_day
),

wanted AS (
    SELECT
        local_day,
        count(*) AS callbacks,
        count_if(state = 'waiting') AS callbacks_waiting
    FROM callbacks
    WHERE
        assistant = :assistant
        AND day BETWEEN :first_partition AND :last_partition
        AND local_day BETWEEN :first_day AND :last_day
    GROUP BY local_day
)

SELECT
    rated.local_day AS local_day,
    coalesce(asked.dialogues, 0) AS dialogues,
    coalesce(asked.turns, 0) AS turns,
    coalesce(asked.answered, 0) AS answered,
    CAST(asked.in_time AS double) / asked.turns AS answered_within_10_s,
    coalesce(asked.refusals, 0) AS refusals,
    coalesce(asked.unanswered, 0) AS unanswered,
    coalesce(asked.model_tokens, 0) AS model_tokens,
    rated.csat AS csat,
    rated.csat_count AS csat_count,
    100 * CAST(rated.promoters - rated.detractors AS double) / nullif(rated.nps_count, 0) AS nps,
    rated.nps_count AS nps_count,
    coalesce(wanted.callbacks, 0) AS callbacks,
    coalesce(wanted.callbacks_waiting, 0) AS callbacks_waiting
FROM rated
LEFT JOIN asked ON rated.local_day = asked.local_day
LEFT JOIN wanted ON rated.local_day = wanted.local_day
ORDER BY local_day
