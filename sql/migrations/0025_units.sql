-- 会员单位: until when, at which level; 开票抬头 and 税号. merged_into: whose part this company is now.
alter table company add column unit_valid_to @day;
alter table company add column unit_level @text not null default '';
alter table company add column title @text not null default '';
alter table company add column tax_no @text not null default '';
alter table company add column merged_into @int references company (id);
