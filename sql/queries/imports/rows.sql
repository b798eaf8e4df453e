-- row import_row_full (row: int, verdict: text, open: text, fields_sealed: bytes?, import_company_id: import_company_id?,
--   company_id: company_id?, member_id: member_id?, period_id: period_id?, state_before: text?, paid_before: int)

-- No row: what may stand in the sheet once stands there already.
-- import_row_insert :exec (job: job_id, row: int, key_index: bytes?, second_index: bytes?, verdict: text, open: text,
--   fields_sealed: bytes, import_company: import_company_id?, company: company_id?, member: member_id?)
insert into import_row (job_id, row, key_index, second_index, verdict, open, fields_sealed, import_company_id, company_id,
    member_id)
values (:job, :row, :key_index, :second_index, :verdict, :open, :fields_sealed, :import_company, :company, :member)
on conflict do nothing

-- Where the sheet has it already.
-- import_row_like :many (job: job_id, key_index: bytes?, second_index: bytes?, limit: int) -> (row: int, by_key: bool)
select row, cast(case when key_index = :key_index then 1 else 0 end as bigint) from import_row
where job_id = :job and (key_index = :key_index or second_index = :second_index) limit :limit

-- import_rows_of :many (job: job_id, verdict: text, behind: int, limit: int) -> import_row_full
select row, verdict, open, fields_sealed, import_company_id, company_id, member_id, period_id, state_before,
    coalesce(paid_before, 0) from import_row where job_id = :job and verdict = :verdict and row > :behind order by row limit :limit

-- import_rows_open :many (job: job_id, behind: int, limit: int) -> import_row_full
select row, verdict, open, fields_sealed, import_company_id, company_id, member_id, period_id, state_before,
    coalesce(paid_before, 0) from import_row where job_id = :job and open <> '' and row > :behind order by row limit :limit

-- import_rows_open_count :one (job: job_id) -> (n: int)
select count(*) from import_row where job_id = :job and open <> ''

-- Those that are in the register already.
-- import_rows_known_count :one (job: job_id) -> (n: int)
select count(*) from import_row where job_id = :job and verdict = 'known'

-- import_row_by_number :one (job: job_id, row: int) -> import_row_full
select row, verdict, open, fields_sealed, import_company_id, company_id, member_id, period_id, state_before,
    coalesce(paid_before, 0) from import_row where job_id = :job and row = :row

-- What it became.
-- import_row_written :exec (job: job_id, row: int, company: company_id?, member: member_id?, period: period_id?,
--   fields_sealed: bytes?)
update import_row set company_id = :company, member_id = :member, period_id = :period, fields_sealed = :fields_sealed
where job_id = :job and row = :row

-- And of a membership what was there before.
-- import_row_membership :exec (job: job_id, row: int, period: period_id, state_before: text, paid_before: int, version: int)
update import_row set period_id = :period, state_before = :state_before, paid_before = :paid_before,
    member_version = :version, fields_sealed = null
where job_id = :job and row = :row

-- Those that are in the register, the last first.
-- import_rows_written :many (job: job_id, above: int, limit: int) -> import_row_full
select row, verdict, open, fields_sealed, import_company_id, company_id, member_id, period_id, state_before,
    coalesce(paid_before, 0) from import_row
where job_id = :job and verdict = 'new' and row < :above order by row desc limit :limit

-- What a sheet says of one person before that row.
-- import_rows_of_member_unscoped :many (job: job_id, member: member_id, limit: int) -> (row: int, fields_sealed: bytes?)
select row, fields_sealed from import_row where job_id = :job and member_id = :member and verdict <> 'bad' order by row limit :limit

-- Whom a photo of the import can be given to.
-- import_row_of_key :one (job: job_id, key_index: bytes) -> (verdict: text, member_id: member_id?)
select verdict, member_id from import_row where job_id = :job and key_index = :key_index

-- import_row_close :exec (job: job_id, row: int)
update import_row set open = '' where job_id = :job and row = :row

-- import_rows_delete :exec (job: job_id, upto: int)
delete from import_row where job_id = :job and row <= :upto

-- import_rows_behind :many (job: job_id, behind: int, limit: int) -> (row: int)
select row from import_row where job_id = :job and row > :behind order by row limit :limit

-- import_rows_sealed :many (job: job_id, behind: int, limit: int) -> (job_id: job_id, row: int, fields_sealed: bytes)
select job_id, row, fields_sealed from import_row
where (job_id, row) > (:job, :behind) and fields_sealed is not null
order by job_id, row limit :limit

-- Companies that a sheet names and nobody knows.

-- row import_company_full (id: import_company_id, name: text, folded: text, n: int, near_id: company_id?, decision: text,
--   company_id: company_id?)

-- import_company_note :one (job: job_id, name: text, folded: text)
-- -> (id: import_company_id, n: int, near_id: company_id?)
insert into import_company (job_id, name, folded, n, decision) values (:job, :name, :folded, 1, '')
on conflict (job_id, folded) do update set n = import_company.n + 1
returning id, n, near_id

-- import_companies :many (job: job_id, behind: import_company_id, limit: int) -> import_company_full
select @columns from import_company where job_id = :job and id > :behind order by id limit :limit

-- import_company_by_id :one (id: import_company_id) -> import_company_full
select @columns from import_company where id = :id

-- import_companies_count :one (job: job_id) -> (n: int)
select count(*) from import_company where job_id = :job

-- import_company_set_near :exec (id: import_company_id, near: company_id?)
update import_company set near_id = :near where id = :id

-- import_company_decide :exec (job: job_id, id: import_company_id, decision: text)
update import_company set decision = :decision where job_id = :job and id = :id and company_id is null

-- import_company_made :exec (id: import_company_id, company: company_id?)
update import_company set company_id = :company where id = :id

-- import_companies_delete :exec (job: job_id)
delete from import_company where job_id = :job

-- What is written in the register.

-- import_member_insert :one (job: job_id, uid: bytes, number: text?, name: text, sex: int, birth_year: int, id_sealed: bytes,
--   id_index: bytes, tail_index: bytes, mobile_sealed: bytes, mobile_index: bytes?, education: int, school: text,
--   major: text, title_level: int, title_specialty: text, post: text, started_on: day, company_id: company_id,
--   address: text, qq: text, email: text, photo_id: file_id?, photo_flaw: text, state: text, state_before: text?, reason: text,
--   period_end: day?, paid_years_before: int, data_key_sealed: bytes, now: time) -> (id: member_id)
insert into member (import_id, uid, number, name, sex, birth_year, id_sealed, id_index, tail_index, mobile_sealed, mobile_index,
    education, school, major, title_level, title_specialty, post, started_on, company_id, address, qq, email, photo_id,
    photo_flaw, bareheaded, state, state_at, state_before, reason, period_end, paid_years_before, data_key_sealed, created_at,
    version)
values (:job, :uid, :number, :name, :sex, :birth_year, :id_sealed, :id_index, :tail_index, :mobile_sealed, :mobile_index,
    :education, :school, :major, :title_level, :title_specialty, :post, :started_on, :company_id, :address, :qq, :email,
    :photo_id, :photo_flaw, 0, :state, :now, :state_before, :reason, :period_end, :paid_years_before, :data_key_sealed, :now, 1)
on conflict (id_index) do nothing
returning id

-- import_member_set_photo :exec (id: member_id, job: job_id, photo: file_id, flaw: text)
update member set photo_id = :photo, photo_flaw = :flaw where id = :id and import_id = :job

-- import_member_photo_unscoped :one (id: member_id) -> (photo_id: file_id?)
select photo_id from member where id = :id

-- import_period_insert :one (job: job_id, member: member_id, kind: text, start_day: day, end_day: day, approved_on: day,
--   document_no: text, document_folded: text, now: time) -> (id: period_id)
insert into period (import_id, member_id, kind, start_day, end_day, approved_on, document_no, document_folded, created_at)
values (:job, :member, :kind, :start_day, :end_day, :approved_on, :document_no, :document_folded, :now) returning id

-- company_set_import :exec (company: company_id, job: job_id)
update company set import_id = :job where id = :company

-- Whose it is, seen or not yet.
-- import_member_like_unscoped :one (id_index: bytes)
-- -> (id: member_id, name: text, number: text?, import_id: job_id?, seen: bool)
select id, name, number, import_id, cast(case when @seen(member) then 1 else 0 end as bigint) from member where id_index = :id_index

-- member_of_number_unscoped :one (number: text) -> (id: member_id)
select id from member where number = :number

-- company_like_unscoped :many (folded: text, credit_code: text?) -> (id: company_id, folded: text, credit_code: text?, seen: bool)
select id, folded, credit_code, cast(case when @seen(company) then 1 else 0 end as bigint) from company
where folded = :folded or credit_code = cast(:credit_code as text) limit 3

-- What stands in the way of taking an import back: whatever was done since with somebody whom it brought.
-- import_members_newer :many (job: job_id, behind: int, upto: int, limit: int) -> (row: int, member_id: member_id)
select r.row, m.id from import_row r join member m on m.id = r.member_id and m.import_id = r.job_id
where r.job_id = :job and r.verdict = 'new' and r.row > :behind and r.row <= :upto and (m.version <> 1
    or exists (select 1 from account a where a.member_id = m.id and (a.password <> '' or a.version <> 1))
    or exists (select 1 from period p where p.member_id = m.id and (p.import_id is null or p.import_id <> m.import_id))
    or exists (select 1 from batch_item i where i.member_id = m.id)
    or exists (select 1 from batch_print_item i where i.member_id = m.id)
    or exists (select 1 from kept_photo k where k.member_id = m.id)
    or exists (select 1 from look l where l.member_id = m.id and l.looked_at is null)
    or exists (select 1 from activation s where s.member_id = m.id)
    or exists (select 1 from account a join lost_password l on l.account_id = a.id where a.member_id = m.id)
    or exists (select 1 from account a join consent n on n.account_id = a.id where a.member_id = m.id))
order by r.row limit :limit

-- Of memberships: with somebody who has got one since or been decided on.
-- import_memberships_newer :many (job: job_id, behind: int, upto: int, limit: int) -> (row: int)
select r.row from import_row r join member m on m.id = r.member_id
where r.job_id = :job and r.period_id is not null and r.row > :behind and r.row <= :upto
    and m.version <> (select max(x.member_version) from import_row x where x.member_id = m.id and x.job_id = r.job_id)
order by r.row limit :limit

-- import_member_set_membership :exec (id: member_id, version: int, state: text, period_end: day?, paid_years: int, by: int)
update member set state = :state, period_end = :period_end, paid_years_before = :paid_years, version = version + :by
where id = :id and version = :version

-- member_paid_years_unscoped :one (id: member_id) -> (n: int)
select paid_years_before from member where id = :id

-- import_period_delete :exec (id: period_id, job: job_id)
delete from period where id = :id and import_id = :job

-- The same for companies, by id; people of this import do not count.
-- import_companies_newer :many (job: job_id, limit: int) -> (id: company_id)
select c.id from company c
where c.import_id = :job and (c.version <> 1
    or exists (select 1 from member m where m.company_id = c.id and (m.import_id is null or m.import_id <> :job))
    or exists (select 1 from employment e join member m on m.id = e.member_id
        where e.company_id = c.id and (m.import_id is null or m.import_id <> :job))
    or exists (select 1 from account a where a.company_id = c.id and (a.password <> '' or a.version <> 1 or a.main = 0))
    or exists (select 1 from batch b where b.company_id = c.id)
    or exists (select 1 from company_merge g where g.from_company = c.id or g.into_company = c.id)
    or exists (select 1 from company o where o.merged_into = c.id)
    or exists (select 1 from import_company i where (i.company_id = c.id or i.near_id = c.id) and i.job_id <> :job))
order by c.id limit :limit

-- import_companies_made :many (job: job_id, limit: int) -> (id: company_id)
select id from company where import_id = :job order by id limit :limit

-- And taken out again: everything that hangs on one person.
-- import_member_account_delete :exec (member: member_id)
delete from account where member_id = :member

-- import_member_employment_delete :exec (member: member_id)
delete from employment where member_id = :member

-- import_member_period_delete :exec (member: member_id, job: job_id)
delete from period where member_id = :member and import_id = :job

-- import_member_delete :exec (member: member_id, job: job_id)
delete from member where id = :member and import_id = :job

-- import_company_account_delete :exec (company: company_id)
delete from account where company_id = :company and main = 1

-- import_company_names_delete :exec (company: company_id)
delete from company_name where company_id = :company

-- import_company_grams_delete :exec (company: company_id)
delete from company_gram where company_id = :company

-- import_company_delete :exec (company: company_id, job: job_id)
delete from company where id = :company and import_id = :job

-- import_company_forget_made :exec (company: company_id, job: job_id)
update import_company set company_id = null where job_id = :job and company_id = :company
