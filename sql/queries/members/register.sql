-- row draft_full (id: draft_id, uid: bytes, id_index: bytes, fields_sealed: bytes, password: text, photo_id: file_id?,
--   photo_flaw: text, member_id: member_id?, created_at: time, version: int)

-- draft_by_token :one (token_hash: bytes, since: time) -> draft_full
select @columns from draft where token_hash = :token_hash and created_at > :since

-- draft_insert :exec (uid: bytes, token_hash: bytes, id_index: bytes, fields_sealed: bytes, password: text, now: time)
insert into draft (uid, token_hash, id_index, fields_sealed, password, photo_flaw, created_at, version)
values (:uid, :token_hash, :id_index, :fields_sealed, :password, '', :now, 1)

-- draft_update :exec (id: draft_id, fields_sealed: bytes, photo: file_id?, photo_flaw: text)
update draft set fields_sealed = :fields_sealed, photo_id = :photo, photo_flaw = :photo_flaw, version = version + 1
where id = :id and member_id is null

-- What its browser may be shown afterwards is where the application went: neither the other fields nor the photo stay.
-- draft_submitted :exec (id: draft_id, member: member_id, fields_sealed: bytes)
update draft set member_id = :member, fields_sealed = :fields_sealed, password = '', photo_id = null
where id = :id and member_id is null

-- drafts_behind :many (above: draft_id, limit: int) -> draft_full
select @columns from draft where id > :above order by id limit :limit

-- draft_reseal :exec (id: draft_id, password: text)
update draft set password = :password where id = :id

-- drafts_delete_old :exec (before: time)
delete from draft where created_at < :before

-- Whose number it is, newest first, without those that were submitted.
-- drafts_of_number :many (id_index: bytes, since: time) -> draft_full
select @columns from draft where id_index = :id_index and created_at > :since and member_id is null order by id desc

-- The browser that gave number and password holds it from now on.
-- draft_take_over :exec (id: draft_id, token_hash: bytes, fields_sealed: bytes)
update draft set token_hash = :token_hash, fields_sealed = :fields_sealed, version = version + 1
where id = :id and member_id is null

-- Nobody else changes or submits it until this transaction ends; no row: it was submitted.
-- draft_hold :exec (id: draft_id)
update draft set version = version where id = :id and member_id is null

-- Photos kept with a refused form

-- kept_photo_of_unscoped :one (account: account_id, member: member_id) -> (file_id: file_id)
select file_id from kept_photo where account_id = :account and member_id = :member

-- kept_photos_count :one (account: account_id) -> (n: int)
select count(*) from kept_photo where account_id = :account

-- kept_photo_put :exec (account: account_id, member: member_id, file: file_id, now: time)
insert into kept_photo (account_id, member_id, file_id, made_at) values (:account, :member, :file, :now)
on conflict (account_id, member_id) do update set file_id = excluded.file_id, made_at = excluded.made_at

-- kept_photo_delete :exec (account: account_id, member: member_id)
delete from kept_photo where account_id = :account and member_id = :member

-- kept_photos_delete_old :exec (before: time)
delete from kept_photo where made_at < :before
