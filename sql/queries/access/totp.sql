-- row totp_full (account_id: account_id, uid: bytes, secret_sealed: bytes, last_step: int, on_at: time)

-- totp_of :one (account: account_id) -> totp_full
select @columns from totp where account_id = :account

-- totp_insert :exec (account: account_id, uid: bytes, secret_sealed: bytes, last_step: int, now: time)
insert into totp (account_id, uid, secret_sealed, last_step, on_at) values (:account, :uid, :secret_sealed, :last_step, :now)
on conflict (account_id) do nothing

-- No row: this step's code, or a later one, was used.
-- totp_take_step :exec (account: account_id, step: int)
update totp set last_step = :step where account_id = :account and last_step < :step

-- totp_delete :exec (account: account_id)
delete from totp where account_id = :account

-- totp_behind :many (above: account_id, limit: int) -> totp_full
select @columns from totp where account_id > :above order by account_id limit :limit

-- recovery_insert :exec (account: account_id, code_index: bytes)
insert into totp_recovery (account_id, code_index) values (:account, :code_index) on conflict do nothing

-- No row: it is none, or was used.
-- recovery_take :exec (account: account_id, code_index: bytes, now: time)
update totp_recovery set used_at = :now where account_id = :account and code_index = :code_index and used_at is null

-- recovery_left :one (account: account_id) -> (n: int)
select count(*) from totp_recovery where account_id = :account and used_at is null

-- recovery_delete :exec (account: account_id)
delete from totp_recovery where account_id = :account
