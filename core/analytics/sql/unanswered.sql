-- Questions that were answered without an answer, newest first, for the owner's FAQ.
SELECT
    session_id,
    message_id,
    asked_at,
    question
FROM turns
WHERE
    assistant = :assistant
    AND day BETWEEN :first_partition AND :last_partition
    AND local_day BETWEEN :first_day AND :last_day
    AND state = 'answered'
    AND reason IN (:unanswered)
ORDER BY asked_at DESC, session_id, message_id
