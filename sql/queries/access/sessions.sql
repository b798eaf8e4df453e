-- row session_line (id: session_id, token_hash: bytes, created_at: time, seen_at: time, device_sealed: bytes?,
--   address_sealed: bytes?, before_at: time?, failures: int)

-- Newest first.
-- sessions_of :many (account: account_id, limit: int) -> session_line
select @columns from session where account_id = :account order by id desc limit :limit

-- session_line_by_token :one (token_hash: bytes) -> session_line
select @columns from session where token_hash = :token_hash

-- session_end_own :exec (id: session_id, account: account_id)
delete from session where id = :id and account_id = :account

-- sessions_end_others :exec (account: account_id, token_hash: bytes)
delete from session where account_id = :account and token_hash <> :token_hash

-- sessions_behind :many (above: session_id, limit: int) -> session_line
select @columns from session where id > :above order by id limit :limit
