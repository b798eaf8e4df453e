-- A 文号 as it is looked for (domain/document_no.h); migrate fills it for approvals that stand already.
alter table period add column document_folded @text not null default '';
drop index period_document;
create index period_document on period (document_folded, member_id) where voided_at is null and document_folded <> '';
