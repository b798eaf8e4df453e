-- kept_form_put :exec (uid: bytes, account: account_id, action: text, page: text, fields_sealed: bytes, now: time)
insert into kept_form (uid, account_id, action, page, fields_sealed, kept_at)
values (:uid, :account, :action, :page, :fields_sealed, :now)
on conflict (account_id, action) do update set uid = :uid, page = :page, fields_sealed = :fields_sealed,
    session_hash = null, kept_at = :now

-- All but the newest of an account.
-- kept_forms_prune :exec (account: account_id, most: int)
delete from kept_form where account_id = :account and id not in (
    select id from kept_form where account_id = :account order by kept_at desc, id desc limit :most)

-- kept_forms_claim :exec (account: account_id, session_hash: bytes, since: time)
update kept_form set session_hash = :session_hash
where account_id = :account and session_hash is null and kept_at > :since

-- kept_form_find :one (session_hash: bytes, page: text, since: time) -> (uid: bytes, account_id: account_id, action: text,
--   fields_sealed: bytes)
select uid, account_id, action, fields_sealed from kept_form
where session_hash = :session_hash and page = :page and kept_at > :since
order by kept_at desc, id desc limit 1

-- kept_form_delete :exec (session_hash: bytes, action: text)
delete from kept_form where session_hash = :session_hash and action = :action

-- kept_forms_delete_old :exec (before: time)
delete from kept_form where kept_at < :before

-- Whether any waits for this session.
-- kept_forms_of :one (session_hash: bytes) -> (n: int)
select count(*) from kept_form where session_hash = :session_hash

-- kept_forms_behind :many (above: int, limit: int) -> (id: int, uid: bytes, account_id: account_id, fields_sealed: bytes)
select id, uid, account_id, fields_sealed from kept_form where id > :above order by id limit :limit

-- kept_form_reseal :exec (id: int, fields_sealed: bytes)
update kept_form set fields_sealed = :fields_sealed where id = :id
