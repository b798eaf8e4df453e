-- A company's name as it is searched for (domain/fold.h, search_fold); migrate fills it for names that stand already.
alter table company_name add column searched @text not null default '';
