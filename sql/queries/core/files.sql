-- row file_full (id: file_id, uid: bytes, sha256: bytes, size: int, type: text, name: text)

-- file_by_id :one (id: file_id) -> file_full
select @columns from file where id = :id

-- files_behind :many (above: file_id, limit: int) -> file_full
select @columns from file where id > :above order by id limit :limit

-- Content that is there already is young again, so that it is not swept before it is linked: then uid is the older one.
-- file_insert :one (uid: bytes, sha256: bytes, size: int, type: text, name: text, now: time) -> (id: file_id, uid: bytes)
insert into file (uid, sha256, size, type, name, created_at) values (:uid, :sha256, :size, :type, :name, :now)
on conflict (sha256, size) do update set created_at = excluded.created_at
returning id, uid

-- file_chunk_insert :exec (file: file_id, position: int, content_sealed: bytes)
insert into file_chunk (file_id, position, content_sealed) values (:file, :position, :content_sealed)

-- file_chunks :many (file: file_id, from: int, limit: int) -> (position: int, content_sealed: bytes)
select position, content_sealed from file_chunk where file_id = :file and position >= :from order by position limit :limit

-- file_chunk_reseal :exec (file: file_id, position: int, content_sealed: bytes)
update file_chunk set content_sealed = :content_sealed where file_id = :file and position = :position

-- Whose content nobody links to: of all that are older, or of one. Every table that links a file stands here.
-- files_unlinked :many (before: time, from: file_id, to: file_id, limit: int) -> (id: file_id)
select f.id from file f
where f.created_at < :before and f.id between :from and :to
  and not exists (select 1 from member m where m.photo_id = f.id)
  and not exists (select 1 from draft d where d.photo_id = f.id)
  and not exists (select 1 from kept_photo k where k.file_id = f.id)
  and not exists (select 1 from job j where j.file_id = f.id)
  and not exists (select 1 from job j where j.photos_id = f.id)
  and not exists (select 1 from lost_password l where l.paper_id = f.id)
limit :limit

-- Before one is deleted: no row when its content has come again meanwhile. Holds it until then.
-- file_hold_old :exec (id: file_id, before: time)
update file set size = size where id = :id and created_at < :before

-- file_chunks_delete :exec (file: file_id)
delete from file_chunk where file_id = :file

-- file_delete :exec (file: file_id)
delete from file where id = :file
