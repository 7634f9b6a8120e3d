-- What visitors asked for: models, colours, and the highest price in steps of a million roubles.
WITH asked AS (
    SELECT
        wished_models,
        wished_colors,
        wished_budget_rub
    FROM turns
    WHERE
        assistant = :assistant
        AND day BETWEEN :first_partition AND :last_partition
        AND local_day BETWEEN :first_day AND :last_day
)

SELECT
    'model' AS kind,
    wish.name AS name,
    CAST(NULL AS bigint) AS from_rub,
    count(*) AS count
FROM asked
CROSS JOIN UNNEST(asked.wished_models) AS wish (name)
GROUP BY wish.name
UNION ALL
SELECT
    'color' AS kind,
    wish.name AS name,
    CAST(NULL AS bigint) AS from_rub,
    count(*) AS count
FROM asked
CROSS JOIN UNNEST(asked.wished_colors) AS wish (name)
GROUP BY wish.name
UNION ALL
SELECT
    'budget' AS kind,
    CAST(NULL AS varchar) AS name,
    greatest(CAST(ceil(wished_budget_rub / CAST(:budget_step AS double)) AS bigint) - 1, 0) * :budget_step AS from_rub,
    count(*) AS count
FROM asked
WHERE wished_budget_rub IS NOT NULL
GROUP BY 3
ORDER BY 1, 4 DESC, 3, 2
