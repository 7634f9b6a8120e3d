-- Answers that were thumbed down, newest first.
SELECT
    asked_at,
    session_id,
    question,
    answer,
    thumb_reason,
    model
FROM turns
WHERE
    assistant = :assistant
    AND day BETWEEN :first_partition AND :last_partition
    AND local_day BETWEEN :first_day AND :last_day
    AND thumb = 'down'
ORDER BY asked_at DESC, session_id, message_id
