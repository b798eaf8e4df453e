-- Since when the longest of them waits.
-- waiting_since :one (state: text) -> (at: time?)
select min(state_at) from member where state = :state

-- waiting_longer :one (state: text, before: time) -> (n: int)
select count(*) from member where state = :state and state_at < :before
