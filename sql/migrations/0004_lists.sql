-- What lists show besides: 学历, and since when a person stands where they stand; and what they are sorted by or
-- narrowed to: names, waiting, the approval's date and 文号.
drop index member_newest;
drop index member_company;
drop index member_company_end;
drop index member_waiting;
create index member_newest on member (company_id, id, name, sex, education, title_level, state, state_at, period_end, version);
create index member_company on member (company_id, state, id, name, sex, education, title_level, state_at, period_end, version);
create index member_company_end on member (company_id, state, period_end, id, name, sex, education, title_level, state_at, version);
create index member_waiting on member (state, state_at, id);
create index member_name on member (state, name, id);
create index period_approved on period (approved_on, member_id) where voided_at is null;
create index period_document on period (document_no, member_id) where voided_at is null and document_no <> '';
