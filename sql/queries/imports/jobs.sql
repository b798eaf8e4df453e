-- row job_full (id: job_id, uid: bytes, kind: text, account_id: account_id?, name: text, file_id: file_id?,
--   photos_id: file_id?, state: text, step: text, behind: int, done: int, total: int, good: int, bad: int, why: text,
--   lease_until: time, node: text, created_at: time, version: int)

-- job_insert :one (uid: bytes, kind: text, account: account_id?, name: text, file: file_id, photos: file_id?, step: text,
--   node: text, lease_until: time, now: time) -> (id: job_id)
insert into job (uid, kind, account_id, name, file_id, photos_id, state, step, behind, done, total, good, bad, why,
    lease_until, node, created_at, version)
values (:uid, :kind, :account, :name, :file, :photos, 'waiting', :step, 0, 0, 0, 0, 0, '', :lease_until, :node, :now, 1)
returning id

-- job_by_id :one (id: job_id) -> job_full
select @columns from job where id = :id

-- jobs_newest :many (below: job_id, limit: int) -> job_full
select @columns from job where id < :below order by id desc limit :limit

-- One that nobody works on at this moment.
-- jobs_due :many (state: text, now: time, limit: int) -> (id: job_id)
select id from job where state = :state and lease_until < :now order by lease_until, id limit :limit

-- Takes it for a node, or keeps it; no row: another one has it, or it is not under way. Holds it until the transaction ends.
-- job_take :exec (id: job_id, node: text, now: time, until: time)
update job set node = :node, lease_until = :until, state = 'running'
where id = :id and state in ('waiting', 'running') and (node = :node or lease_until < :now)

-- How far the step is.
-- job_progress :exec (id: job_id, behind: int, done: int, total: int, good: int, bad: int)
update job set behind = :behind, done = :done, total = :total, good = :good, bad = :bad where id = :id

-- job_move :exec (id: job_id, state: text, step: text, done: int, why: text)
update job set state = :state, step = :step, behind = 0, done = :done, why = :why, lease_until = 0, version = version + 1
where id = :id

-- The same for who asks, not who works: no row when it is no longer in that state.
-- job_ask :exec (id: job_id, from: text, step: text, node: text, until: time)
update job set state = 'running', step = :step, behind = 0, done = 0, why = '', node = :node, lease_until = :until,
    version = version + 1
where id = :id and state = :from

-- job_files_drop :exec (id: job_id)
update job set file_id = null, photos_id = null where id = :id

-- Checked long ago, and nobody committed it.
-- jobs_forgotten :many (before: time, limit: int) -> (id: job_id)
select id from job where state = 'checked' and created_at < :before limit :limit

-- job_hide :exec (job: job_id)
insert into import_hidden (job_id) values (:job) on conflict do nothing

-- job_show :exec (job: job_id)
delete from import_hidden where job_id = :job

-- What no job that is under way stands for: for doctor.
-- hidden_wrong :many (limit: int) -> (id: job_id)
select j.id from job j join import_hidden h on h.job_id = j.id
where j.state not in ('waiting', 'running')
limit :limit

-- import_count_add :exec (job: job_id, scope: company_id, state: text, period_end: text, n: int)
insert into import_count (job_id, scope, state, period_end, n) values (:job, :scope, :state, :period_end, :n)
on conflict (job_id, scope, state, period_end) do update set n = import_count.n + excluded.n

-- The counters move with all that a job has written at once.
-- counters_with_import :exec (job: job_id)
insert into counter (scope, state, period_end, n)
select scope, state, period_end, n from import_count where job_id = :job order by scope, state, period_end
on conflict (scope, state, period_end) do update set n = counter.n + excluded.n

-- counters_without_import :exec (job: job_id)
insert into counter (scope, state, period_end, n)
select scope, state, period_end, -1 * n from import_count where job_id = :job order by scope, state, period_end
on conflict (scope, state, period_end) do update set n = counter.n + excluded.n

-- Those that count nobody since.
-- counters_tidy :exec (job: job_id)
delete from counter
where (scope, state, period_end) in (select scope, state, period_end from import_count where job_id = :job) and n = 0

-- import_counts_delete :exec (job: job_id)
delete from import_count where job_id = :job

-- Whose work list is not done: of what stands, or may yet be committed.
-- imports_to_look :one () -> (n: int, newest: int, oldest: time?)
select count(*), coalesce(max(j.id), 0), min(j.created_at) from job j
where j.state in ('checked', 'committed') and exists (select 1 from import_row r where r.job_id = j.id and r.open <> '')
