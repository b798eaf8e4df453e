-- Since when the longest of them waits.
-- waiting_since :one (state: text) -> (at: time?)
select (select state_at from member where @seen(member) and state = :state order by state_at, id limit 1)

-- waiting_longer :one (state: text, before: time) -> (n: int)
select count(*) from member where @seen(member) and state = :state and state_at < :before
