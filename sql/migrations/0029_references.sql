-- Who deletes a person, an account or a company asks each table that refers to it: by an index, not by reading it through.
create index draft_member on draft (member_id);
create index outcome_account on outcome (account_id);
create index batch_print_account on batch_print (account_id) where account_id is not null;
create index privacy_version_by on privacy_version (set_by) where set_by is not null;
create index look_account on look (account_id) where account_id is not null;
create index look_by on look (looked_by) where looked_by is not null;
create index exception_account on eligibility_exception (account_id) where account_id is not null;
create index job_account on job (account_id) where account_id is not null;
create index company_merged on company (merged_into) where merged_into is not null;
create index company_name_taken on company_name (taken_from) where taken_from is not null;
create index company_merge_from on company_merge (from_company);
create index company_merge_into on company_merge (into_company);
create index look_of on look (member_id) where member_id is not null;
create index company_proposal_of on company_proposal (member_id);
