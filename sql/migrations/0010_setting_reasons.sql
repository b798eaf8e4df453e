-- Why somebody set it.
alter table setting add column reason @text not null default '';
