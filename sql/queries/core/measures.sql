-- What a monitoring system is told of the database: numbers alone.

-- sessions_count :one (seen_after: time) -> (n: int)
select count(*) as n from session where seen_at > :seen_after

-- jobs_by_state :many () -> (state: text, n: int)
select state, count(*) as n from job group by state order by state
