-- What lists show of a person; ID number, mobile and photo come by member_sealed.
-- row member_line (id: member_id, name: text, sex: int, education: int, title_level: int, state: text, state_at: time,
--   period_end: day?, company_id: company_id?, version: int)

-- row member_full (id: member_id, uid: bytes, number: text?, name: text, sex: int, birth_year: int, id_sealed: bytes,
--   mobile_sealed: bytes, education: int, school: text, major: text, title_level: int, title_specialty: text,
--   post: text, started_on: day, company_id: company_id?, address: text, qq: text, email: text, photo_id: file_id?,
--   photo_flaw: text, bareheaded: bool, state: text, state_at: time, state_before: text?, reason: text,
--   period_end: day?, data_key_sealed: bytes, created_at: time, version: int)

-- member_by_id_unscoped :one (id: member_id) -> member_full
select @columns from member where id = :id and @seen(member)

-- Whether a number is registered, and as whom: for uniqueness, and for the search of staff.
-- member_by_id_index_unscoped :one (id_index: bytes) -> (id: member_id, company_id: company_id?)
select id, company_id from member where id_index = :id_index

-- member_line_by_id_unscoped :one (id: member_id) -> member_line
select @columns from member where id = :id and @seen(member)

-- member_sealed_unscoped :one (id: member_id) -> (uid: bytes, id_sealed: bytes, mobile_sealed: bytes, photo_id: file_id?)
select uid, id_sealed, mobile_sealed, photo_id from member where id = :id and @seen(member)

-- member_insert :one (uid: bytes, name: text, sex: int, birth_year: int, id_sealed: bytes, id_index: bytes,
--   tail_index: bytes, mobile_sealed: bytes, mobile_index: bytes?, education: int, school: text, major: text,
--   title_level: int, title_specialty: text, post: text, started_on: day, company_id: company_id?, address: text,
--   qq: text, email: text, photo_id: file_id?, photo_flaw: text, state: text, data_key_sealed: bytes, now: time)
-- -> (id: member_id)
insert into member (uid, name, sex, birth_year, id_sealed, id_index, tail_index, mobile_sealed, mobile_index, education,
    school, major, title_level, title_specialty, post, started_on, company_id, address, qq, email, photo_id, photo_flaw,
    bareheaded, state, state_at, reason, data_key_sealed, created_at, version)
values (:uid, :name, :sex, :birth_year, :id_sealed, :id_index, :tail_index, :mobile_sealed, :mobile_index, :education,
    :school, :major, :title_level, :title_specialty, :post, :started_on, :company_id, :address, :qq, :email, :photo_id,
    :photo_flaw, 0, :state, :now, '', :data_key_sealed, :now, 1)
on conflict (id_index) do nothing
returning id

-- What a person filled in, anew: correction by the clerk, resubmission, edit by the association.
-- member_update_fields :exec (id: member_id, version: int, name: text, mobile_sealed: bytes, mobile_index: bytes?,
--   education: int, school: text, major: text, title_level: int, title_specialty: text, post: text, started_on: day,
--   address: text, qq: text, email: text, photo_id: file_id?, photo_flaw: text, bareheaded: bool)
update member set name = :name, mobile_sealed = :mobile_sealed, mobile_index = :mobile_index, education = :education,
    school = :school, major = :major, title_level = :title_level, title_specialty = :title_specialty, post = :post,
    started_on = :started_on, address = :address, qq = :qq, email = :email,
    photo_id = :photo_id, photo_flaw = :photo_flaw, bareheaded = :bareheaded, version = version + 1
where id = :id and version = :version

-- What it was before a transition that is taken back.
-- member_restore :exec (id: member_id, version: int, state: text, state_at: time, reason: text, company_id: company_id?,
--   period_end: day?)
update member set state = :state, state_at = :state_at, state_before = null, reason = :reason, company_id = :company_id,
    period_end = :period_end, version = version + 1
where id = :id and version = :version

-- member_set_period_end :exec (id: member_id, version: int, period_end: day?)
update member set period_end = :period_end, version = version + 1 where id = :id and version = :version

-- Another ID number, and what follows from it.
-- member_set_id_number :exec (id: member_id, version: int, sex: int, birth_year: int, id_sealed: bytes, id_index: bytes,
--   tail_index: bytes)
update member set sex = :sex, birth_year = :birth_year, id_sealed = :id_sealed, id_index = :id_index,
    tail_index = :tail_index, version = version + 1
where id = :id and version = :version

-- member_set_company :exec (id: member_id, version: int, company_id: company_id?)
update member set company_id = :company_id, version = version + 1 where id = :id and version = :version

-- One transition. The version is the guard: nothing happens when someone was faster.
-- member_update_state :exec (id: member_id, version: int, state: text, state_before: text?, reason: text,
--   company_id: company_id?, period_end: day?, number: text?, now: time)
update member set state = :state, state_at = :now, state_before = :state_before, reason = :reason,
    company_id = :company_id, period_end = :period_end, number = :number, version = version + 1
where id = :id and version = :version

-- member_grams_delete :exec (member: member_id)
delete from member_gram where member_id = :member

-- member_gram_insert :exec (company: company_id, gram: text, member: member_id)
insert into member_gram (company_id, gram, member_id) values (:company, :gram, :member)

-- Lists. One driving access path each, forward and back; what else is asked for is sifted from their rows.

-- members_newest :many (below: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and id < :below order by id desc limit :limit

-- members_newest_back :many (above: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and id > :above order by id limit :limit

-- members_newest_in :many (company: company_id, below: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and company_id = :company and id < :below order by id desc limit :limit

-- members_newest_in_back :many (company: company_id, above: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and company_id = :company and id > :above order by id limit :limit

-- members_state :many (state: text, below: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and state = :state and id < :below order by id desc limit :limit

-- members_state_back :many (state: text, above: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and state = :state and id > :above order by id limit :limit

-- members_state_in :many (company: company_id, state: text, below: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and id < :below order by id desc limit :limit

-- members_state_in_back :many (company: company_id, state: text, above: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and id > :above order by id limit :limit

-- By the period's end, soonest first, from (end, id) to a last day.
-- members_ending :many (state: text, from_end: day, above: member_id, to_end: day, limit: int) -> member_line
select @columns from member
where @seen(member) and state = :state and (period_end, id) > (:from_end, :above) and period_end <= :to_end
order by period_end, id limit :limit

-- members_ending_back :many (state: text, from_end: day, to_end: day, below: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and state = :state and period_end >= :from_end and (period_end, id) < (:to_end, :below)
order by period_end desc, id desc limit :limit

-- members_ending_in :many (company: company_id, state: text, from_end: day, above: member_id, to_end: day, limit: int)
-- -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and (period_end, id) > (:from_end, :above) and period_end <= :to_end
order by period_end, id limit :limit

-- members_ending_in_back :many (company: company_id, state: text, from_end: day, to_end: day, below: member_id,
--   limit: int) -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and period_end >= :from_end and (period_end, id) < (:to_end, :below)
order by period_end desc, id desc limit :limit

-- members_gram :many (gram: text, below: member_id, limit: int) -> member_line
select @columns from member
where id in (select member_id from member_gram where gram = :gram and member_id < :below
                and exists (select 1 from member m where m.id = member_gram.member_id and @seen(m))
             order by member_id desc limit :limit)
order by id desc

-- members_gram_back :many (gram: text, above: member_id, limit: int) -> member_line
select @columns from member
where id in (select member_id from member_gram where gram = :gram and member_id > :above
                and exists (select 1 from member m where m.id = member_gram.member_id and @seen(m))
             order by member_id limit :limit)
order by id

-- members_gram_in :many (company: company_id, gram: text, below: member_id, limit: int) -> member_line
select @columns from member
where id in (select member_id from member_gram where company_id = :company and gram = :gram and member_id < :below
                and exists (select 1 from member m where m.id = member_gram.member_id and @seen(m))
             order by member_id desc limit :limit)
order by id desc

-- members_gram_in_back :many (company: company_id, gram: text, above: member_id, limit: int) -> member_line
select @columns from member
where id in (select member_id from member_gram where company_id = :company and gram = :gram and member_id > :above
                and exists (select 1 from member m where m.id = member_gram.member_id and @seen(m))
             order by member_id limit :limit)
order by id

-- members_tail :many (tail_index: bytes, below: member_id, limit: int) -> member_line
select @columns from member
where id in (select id from member where @seen(member) and tail_index = :tail_index and id < :below order by id desc limit :limit)
order by id desc

-- members_tail_back :many (tail_index: bytes, above: member_id, limit: int) -> member_line
select @columns from member
where id in (select id from member where @seen(member) and tail_index = :tail_index and id > :above order by id limit :limit)
order by id

-- members_mobile :many (mobile_index: bytes?, below: member_id, limit: int) -> member_line
select @columns from member
where id in (select id from member where @seen(member) and mobile_index = :mobile_index and id < :below order by id desc limit :limit)
order by id desc

-- members_mobile_back :many (mobile_index: bytes?, above: member_id, limit: int) -> member_line
select @columns from member
where id in (select id from member where @seen(member) and mobile_index = :mobile_index and id > :above order by id limit :limit)
order by id

-- In other orders, for the association: of one stored state by name, and by how long they have stood there.

-- members_named :many (state: text, name: text, above: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and state = :state and (name, id) > (:name, :above) order by name, id limit :limit

-- members_named_back :many (state: text, name: text, below: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and state = :state and (name, id) < (:name, :below) order by name desc, id desc limit :limit

-- members_waiting :many (state: text, since: time, above: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and state = :state and (state_at, id) > (:since, :above) order by state_at, id limit :limit

-- members_waiting_back :many (state: text, since: time, below: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and state = :state and (state_at, id) < (:since, :below) order by state_at desc, id desc limit :limit

-- Who has no period yet stands behind those who have.
-- members_endless :many (state: text, above: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and state = :state and period_end is null and id > :above order by id limit :limit

-- members_endless_back :many (state: text, below: member_id, limit: int) -> member_line
select @columns from member where @seen(member) and state = :state and period_end is null and id < :below order by id desc limit :limit

-- members_endless_in :many (company: company_id, state: text, above: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and period_end is null and id > :above
order by id limit :limit

-- members_endless_in_back :many (company: company_id, state: text, below: member_id, limit: int) -> member_line
select @columns from member
where @seen(member) and company_id = :company and state = :state and period_end is null and id < :below
order by id desc limit :limit

-- Rows for an export or a batch over a whole list go by these same paths, page by page.

-- Who was approved on a day between two, or under a 文号 (folded): newest first. An approval taken back does not count.
-- members_approved :many (from: day, to: day, limit: int) -> (id: member_id)
select distinct member_id from period
where voided_at is null and approved_on >= :from and approved_on <= :to order by member_id desc limit :limit

-- members_of_document :many (document: text, limit: int) -> (id: member_id)
select distinct member_id from period
where voided_at is null and document_folded <> '' and document_folded = :document order by member_id desc limit :limit

-- One of a person's approvals that is of such a day and, where one is named, of that 文号.
-- approvals_like_unscoped :many (member: member_id, from: day, to: day, document: text, limit: int) -> (id: period_id)
select id from period
where member_id = :member and voided_at is null and approved_on >= :from and approved_on <= :to
    and (:document = '' or document_folded = :document)
limit :limit

-- Counters

-- counts :many (scope: company_id) -> (state: text, period_end: text, n: int)
select state, period_end, n from counter where scope = :scope and n <> 0

-- counter_add :exec (scope: company_id, state: text, period_end: text, n: int)
insert into counter (scope, state, period_end, n) values (:scope, :state, :period_end, :n)
on conflict (scope, state, period_end) do update set n = counter.n + excluded.n

-- What the counters must say, from the people themselves: tests compare them row by row.
-- counts_true :many () -> (company_id: company_id?, state: text, period_end: day?, n: int)
select company_id, state, period_end, count(*) from member where @seen(member) group by company_id, state, period_end

-- counters_all :many () -> (scope: company_id, state: text, period_end: text, n: int)
select scope, state, period_end, n from counter where n <> 0

-- Periods

-- row period_full (id: period_id, member_id: member_id, kind: text, start_day: day, end_day: day, approved_on: day,
--   document_no: text, ended_on: day?, ended_why: text?, voided_at: time?, voided_why: text?, created_at: time)

-- periods_of_unscoped :many (member: member_id) -> period_full
select @columns from period where member_id = :member order by id

-- The period in force or last in force: an earlier one may have been imported behind it.
-- period_last_unscoped :one (member: member_id) -> period_full
select @columns from period where member_id = :member and voided_at is null order by end_day desc, id desc limit 1

-- period_insert :one (member: member_id, kind: text, start_day: day, end_day: day, approved_on: day,
--   document_no: text, document_folded: text, now: time) -> (id: period_id)
insert into period (member_id, kind, start_day, end_day, approved_on, document_no, document_folded, created_at)
values (:member, :kind, :start_day, :end_day, :approved_on, :document_no, :document_folded, :now) returning id

-- What an approval says is right now; what it said before goes to period_change.
-- period_correct :exec (id: period_id, approved_on: day, document_no: text, document_folded: text, start_day: day,
--   end_day: day)
update period set approved_on = :approved_on, document_no = :document_no, document_folded = :document_folded,
    start_day = :start_day, end_day = :end_day
where id = :id

-- period_change_insert :exec (period: period_id, approved_on: day, document_no: text, start_day: day, end_day: day, now: time)
insert into period_change (period_id, approved_on, document_no, start_day, end_day, changed_at)
values (:period, :approved_on, :document_no, :start_day, :end_day, :now)

-- What was corrected of a person's approvals, oldest first.
-- period_changes_unscoped :many (member: member_id) -> (period_id: period_id, approved_on: day, document_no: text)
select c.period_id, c.approved_on, c.document_no from period_change c join period p on p.id = c.period_id
where p.member_id = :member order by c.id

-- 文号 that stand from before they were folded.
-- documents_behind :many (behind: int, limit: int) -> (id: period_id, document_no: text)
select id, document_no from period where id > :behind order by id limit :limit

-- document_fold :exec (id: period_id, folded: text)
update period set document_folded = :folded where id = :id

-- period_void :exec (id: period_id, why: text, now: time)
update period set voided_at = :now, voided_why = :why where id = :id and voided_at is null

-- period_end_early :exec (id: period_id, on: day, why: text)
update period set ended_on = :on, ended_why = :why where id = :id

-- period_reopen :exec (id: period_id)
update period set ended_on = null, ended_why = null where id = :id

-- Copies that differ from what they copy: for doctor.
-- period_end_wrong :many (limit: int) -> (id: member_id)
select m.id from member m
where coalesce(m.period_end, '') <>
      coalesce((select p.end_day from period p where p.member_id = m.id and p.voided_at is null
                order by p.end_day desc, p.id desc limit 1), '')
limit :limit

-- Employments

-- employment_start :exec (member: member_id, company: company_id, from: day)
insert into employment (member_id, company_id, from_day) values (:member, :company, :from)

-- employment_end :exec (member: member_id, to: day)
update employment set to_day = :to where member_id = :member and to_day is null

-- The one that lasts.
-- employment_now_unscoped :one (member: member_id) -> (from_day: day, reason: text)
select from_day, reason from employment where member_id = :member and to_day is null

-- As if it had not begun.
-- employment_drop :exec (member: member_id)
delete from employment where member_id = :member and to_day is null

-- The last one goes on: its end is taken back.
-- employment_reopen :exec (member: member_id)
update employment set to_day = null where id = (select max(id) from employment where member_id = :member)

-- employment_explain :exec (member: member_id, reason: text)
update employment set reason = :reason where member_id = :member and to_day is null

-- employments_of_unscoped :many (member: member_id) -> (company_id: company_id, company_name: text, from_day: day,
--   to_day: day?, reason: text)
select e.company_id, c.name, e.from_day, e.to_day, e.reason from employment e join company c on c.id = e.company_id
where e.member_id = :member order by e.id

-- employment_wrong :many (limit: int) -> (id: member_id)
select m.id from member m
where coalesce(m.company_id, 0) <>
      coalesce((select e.company_id from employment e where e.member_id = m.id and e.to_day is null), 0)
limit :limit

-- consents_of_unscoped :many (member: member_id) -> (kind: text, text_version: text, given_at: time)
select c.kind, c.text_version, c.given_at from consent c join account a on a.id = c.account_id
where a.member_id = :member order by c.id

-- Those of the newest people whose name is not in the search index.
-- grams_missing :many (looked_at: int) -> (id: member_id)
select m.id from (select id, company_id from member order by id desc limit :looked_at) m
where not exists (select 1 from member_gram g where g.member_id = m.id and g.company_id = coalesce(m.company_id, 0))

-- What is printed of people.
-- members_sealed_behind :many (above: member_id, limit: int) -> (id: member_id, uid: bytes, id_sealed: bytes,
--   id_index: bytes, mobile_sealed: bytes, mobile_index: bytes?, data_key_sealed: bytes)
select id, uid, id_sealed, id_index, mobile_sealed, mobile_index, data_key_sealed from member
where id > :above order by id limit :limit

-- texts_printed :many (above: member_id, limit: int) -> (id: member_id, name: text, major: text, post: text)
select id, name, major, post from member where id > :above order by id limit :limit
