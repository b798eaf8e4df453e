-- Backups that a server makes by itself (app/ops/nightly.h), and what the system page says of the machine.

-- row nightly_line (id: int, due_at: time, state: text, node: text, token: bytes, lease_until: time, path: text, moment: time, fault: text)

-- nightly_of :one (due: time) -> nightly_line
select @columns from nightly_backup where due_at = :due

-- nightly_newest :one () -> nightly_line
select @columns from nightly_backup order by due_at desc limit 1

-- One process gets it: no row when it is done, or another's lease lasts.
-- nightly_claim :one (due: time, node: text, token: bytes, until: time, now: time) -> (id: int)
insert into nightly_backup (due_at, state, node, token, lease_until, path, moment, fault)
values (:due, 'running', :node, :token, :until, '', 0, '')
on conflict (due_at) do update
set state = 'running', node = excluded.node, token = excluded.token, lease_until = excluded.lease_until
where nightly_backup.state in ('running', 'failed') and nightly_backup.lease_until <= :now
returning id

-- nightly_renew :exec (id: int, token: bytes, until: time)
update nightly_backup set lease_until = :until where id = :id and token = :token and state = 'running'

-- nightly_end :exec (id: int, token: bytes, state: text, path: text, moment: time, fault: text, until: time)
update nightly_backup set state = :state, path = :path, moment = :moment, fault = :fault, lease_until = :until
where id = :id and token = :token and state = 'running'

-- Beyond the newest ones that stay: what this machine made.
-- nightly_old :many (keep: int, node: text, limit: int) -> nightly_line
select @columns from nightly_backup
where state = 'done' and node = :node
  and due_at not in (select n.due_at from nightly_backup n where n.state = 'done' order by n.due_at desc limit :keep)
order by due_at limit :limit

-- nightly_removed :exec (id: int)
update nightly_backup set state = 'removed' where id = :id

-- nightly_forget :exec (before: time)
delete from nightly_backup where state = 'removed' and due_at < :before

-- database_bytes :one () -> (bytes: int)
select p.page_count * s.page_size as bytes from pragma_page_count p, pragma_page_size s
-- postgres: it keeps no count of pages
select pg_database_size(current_database())

-- system_jobs :many (limit: int) -> (id: int, kind: text, state: text, done: int, total: int, created_at: time)
select id, kind, state, done, total, created_at from job order by id desc limit :limit
