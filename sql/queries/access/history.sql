-- row earlier_password (id: int, uid: bytes, account_id: account_id, password: text)

-- earlier_password_insert :exec (uid: bytes, account: account_id, password: text, now: time)
insert into password_history (uid, account_id, password, replaced_at) values (:uid, :account, :password, :now)

-- Newest first.
-- earlier_passwords_of :many (account: account_id, limit: int) -> earlier_password
select @columns from password_history where account_id = :account order by id desc limit :limit

-- All but the newest of an account.
-- earlier_passwords_prune :exec (account: account_id, most: int)
delete from password_history where account_id = :account and id not in (
    select id from password_history where account_id = :account order by id desc limit :most)

-- earlier_passwords_behind :many (above: int, limit: int) -> earlier_password
select @columns from password_history where id > :above order by id limit :limit
