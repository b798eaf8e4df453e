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

-- draft_submitted :exec (id: draft_id, member: member_id, fields_sealed: bytes)
update draft set member_id = :member, fields_sealed = :fields_sealed, password = '' where id = :id and member_id is null

-- drafts_delete_old :exec (before: time)
delete from draft where created_at < :before
