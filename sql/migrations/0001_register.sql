-- The register: people, their employers, what was decided, and the trail of it. docs/architecture.md draws it.
-- Instants are milliseconds UTC, dates text YYYY-MM-DD in UTC+8, money integer fen, booleans 0 and 1, ids opaque.
-- uid is random: the associated data of what is sealed in the row. …_sealed is ciphertext, …_index a keyed hash.

-- Facts about this database itself: key_check, demo, created_at.
create table meta (
    name @text primary key,
    value @text not null
) @strict;

-- Append-only: the newest row of a name is in force, the older ones are its history.
create table setting (
    id @id,
    name @text not null,
    value @text not null,
    set_at @int not null,
    set_by @int
) @strict;
create index setting_name on setting (name, id);

-- Running numbers (会员编号, batch, company code), one row a series.
create table series (
    name @text primary key,
    last @int not null
) @strict;

create table company (
    id @id,
    uid @bytes not null unique,
    code @text not null unique,
    name @text not null,
    folded @text not null unique,
    credit_code @text unique,
    contact @text not null,
    phone @text not null,
    address @text not null,
    enabled @bool not null check (enabled in (0, 1)),
    direct @bool not null check (direct in (0, 1)),
    created_at @int not null,
    version @int not null
) @strict;
-- 协会直管 is one.
create unique index company_direct on company (direct) where direct = 1;

-- Every name that a company has had; a former one still finds it and still logs in.
create table company_name (
    id @id,
    company_id @int not null references company (id),
    name @text not null,
    folded @text not null,
    from_day @day not null,
    to_day @day
) @strict;
create index company_name_folded on company_name (folded);
create index company_name_company on company_name (company_id);

create table company_gram (
    gram @text not null,
    company_id @int not null references company (id),
    primary key (gram, company_id)
) @strict;

create table file (
    id @id,
    uid @bytes not null unique,
    sha256 @bytes not null,
    size @int not null,
    type @text not null,
    name @text not null,
    created_at @int not null,
    unique (sha256, size)
) @strict;

create table file_chunk (
    file_id @int not null references file (id),
    position @int not null,
    content_sealed @bytes not null,
    primary key (file_id, position)
) @strict;

-- state is what was decided; 正式会员 and 已过期 are read from approved, period_end and today. company_id and period_end
-- are copies of employment and period, kept by one function each and checked by doctor. Without a mobile number there
-- is no mobile_index, and mobile_sealed holds an empty text.
create table member (
    id @id,
    uid @bytes not null unique,
    number @text unique,
    name @text not null,
    sex @int not null check (sex in (1, 2)),
    birth_year @int not null,
    id_sealed @bytes not null,
    id_index @bytes not null unique,
    tail_index @bytes not null,
    mobile_sealed @bytes not null,
    mobile_index @bytes,
    education @int not null,
    school @text not null,
    major @text not null,
    title_level @int not null check (title_level between 0 and 5),
    title_specialty @text not null,
    post @text not null,
    started_on @day not null,
    company_id @int references company (id),
    address @text not null,
    qq @text not null,
    email @text not null,
    photo_id @int references file (id),
    photo_flaw @text not null,
    bareheaded @bool not null check (bareheaded in (0, 1)),
    state @text not null
        check (state in ('submitted', 'recommended_new', 'recommended_renewal', 'approved', 'returned', 'closed')),
    state_at @int not null,
    state_before @text,
    reason @text not null,
    period_end @day,
    data_key_sealed @bytes not null,
    created_at @int not null,
    version @int not null
) @strict;
-- A company's lists are read from these alone: behind what orders them they hold what a line shows.
create index member_newest on member (company_id, id, name, sex, title_level, state, period_end, version);
create index member_company on member (company_id, state, id, name, sex, title_level, period_end, version);
create index member_company_end on member (company_id, state, period_end, id, name, sex, title_level, version);
create index member_state on member (state, id);
create index member_end on member (state, period_end, id);
-- Who has waited longest, and how many too long.
create index member_waiting on member (state, state_at);
create index member_tail on member (tail_index, id);
create index member_mobile on member (mobile_index, id);
-- Whether anyone's photo is this file: asked of every file by the sweep.
create index member_photo on member (photo_id);

-- Search by any part of a name: its characters and bigrams. company_id repeats the member's.
create table member_gram (
    company_id @int not null,
    gram @text not null,
    member_id @int not null references member (id),
    primary key (company_id, gram, member_id)
) @strict;
create index member_gram_all on member_gram (gram, member_id);
create index member_gram_member on member_gram (member_id);

create table employment (
    id @id,
    member_id @int not null references member (id),
    company_id @int not null references company (id),
    from_day @day not null,
    to_day @day
) @strict;
create index employment_member on employment (member_id, id);
create index employment_company on employment (company_id, from_day);

create table period (
    id @id,
    member_id @int not null references member (id),
    kind @text not null check (kind in ('new', 'renewal')),
    start_day @day not null,
    end_day @day not null,
    approved_on @day not null,
    document_no @text not null,
    ended_on @day,
    ended_why @text,
    voided_at @int,
    voided_why @text,
    created_at @int not null
) @strict;
create index period_member on period (member_id, id);

create table consent (
    id @id,
    member_id @int not null references member (id),
    kind @text not null check (kind in ('terms', 'sensitive')),
    text_version @text not null,
    given_at @int not null
) @strict;
create index consent_member on consent (member_id);

-- n members in a stored state with that period end ('' for none), in a company or (scope 0) altogether.
create table counter (
    scope @int not null,
    state @text not null,
    period_end @text not null,
    n @int not null,
    primary key (scope, state, period_end)
) @strict;

-- login: a staff member's name, a company's code, or hex of the blind index of an ID number or mobile.
create table account (
    id @id,
    side @text not null check (side in ('member', 'company', 'staff')),
    login @text not null,
    name @text not null,
    member_id @int unique references member (id),
    company_id @int references company (id),
    main @bool not null check (main in (0, 1)),
    roles @int not null,
    password @text not null,
    must_change @bool not null check (must_change in (0, 1)),
    password_at @int not null,
    enabled @bool not null check (enabled in (0, 1)),
    created_at @int not null,
    version @int not null,
    unique (side, login)
) @strict;
create unique index account_company_main on account (company_id) where main = 1;

create table session (
    id @id,
    token_hash @bytes not null unique,
    account_id @int not null references account (id),
    created_at @int not null,
    seen_at @int not null
) @strict;
create index session_account on session (account_id);
create index session_seen on session (seen_at);

-- Failed logins and tries at registration, by keyed hash of whom they concern.
create table attempt (
    id @id,
    kind @text not null,
    subject @bytes not null,
    made_at @int not null
) @strict;
create index attempt_subject on attempt (kind, subject, made_at);
create index attempt_made on attempt (made_at);

-- Captchas that were used, until they would have expired anyway.
create table spent (
    nonce @bytes primary key,
    until @int not null
) @strict;
create index spent_until on spent (until);

-- Forms that were acted on, so that one sent twice acts once: where the first answer led.
create table once (
    account_id @int not null references account (id),
    token @bytes not null,
    location @text not null,
    made_at @int not null,
    primary key (account_id, token)
) @strict;
create index once_made on once (made_at);

-- A registration under way, a day at most. member_id: it was submitted.
create table draft (
    id @id,
    uid @bytes not null unique,
    token_hash @bytes not null unique,
    id_index @bytes not null,
    fields_sealed @bytes not null,
    password @text not null,
    photo_id @int references file (id),
    photo_flaw @text not null,
    member_id @int references member (id),
    created_at @int not null,
    version @int not null
) @strict;
create index draft_created on draft (created_at);
create index draft_photo on draft (photo_id);

create table batch (
    id @id,
    uid @bytes not null unique,
    token @text not null unique,
    company_id @int not null references company (id),
    kind @text not null check (kind in ('new', 'renewal')),
    number @text not null unique,
    check_code @text not null,
    printed_at @int,
    closed_at @int,
    closed_why @text,
    created_at @int not null,
    version @int not null
) @strict;
create unique index batch_open on batch (company_id, kind) where closed_at is null;
create index batch_company on batch (company_id, id);

-- snapshot_sealed: the columns as they were last printed. decision: none, approved or returned.
create table batch_item (
    batch_id @int not null references batch (id),
    member_id @int not null references member (id),
    position @int not null,
    snapshot_sealed @bytes,
    decision @text check (decision in ('approved', 'returned')),
    decided_at @int,
    joined_at @int not null,
    primary key (batch_id, member_id),
    unique (batch_id, position)
) @strict;
create index batch_item_member on batch_item (member_id, batch_id);
create index batch_item_waiting on batch_item (batch_id) where decision is null;

-- What one post did to each row, for its result page.
create table outcome (
    id @id,
    token @text not null unique,
    account_id @int not null references account (id),
    what @text not null,
    done @int not null,
    skipped_sealed @bytes not null,
    made_at @int not null
) @strict;
create index outcome_made on outcome (made_at);

create table job (
    id @id,
    uid @bytes not null unique,
    kind @text not null,
    account_id @int references account (id),
    parameters_sealed @bytes not null,
    state @text not null check (state in ('waiting', 'running', 'done', 'failed')),
    done @int not null,
    total @int not null,
    file_id @int references file (id),
    lease_until @int not null,
    node @text not null,
    created_at @int not null
) @strict;
create index job_state on job (state, id);
create index job_file on job (file_id);

-- The trail: number counts without gaps, mac chains each row to the one before with a key that is not in here. Detail
-- is sealed with a key of the person concerned; digest binds it to the row even after that key is destroyed.
create table audit (
    number @int primary key,
    at @int not null,
    account_id @int,
    side @text not null,
    event @text not null,
    result @text not null,
    member_id @int,
    company_id @int,
    batch_id @int,
    shown @bool not null check (shown in (0, 1)),
    digest @bytes not null,
    mac @bytes not null
) @strict;
create index audit_member on audit (member_id, number);
-- A person's own pages read from here alone, however often that person logged in.
create index audit_shown on audit (member_id, number, at, side, event, result) where shown = 1;
create index audit_company on audit (company_id, number);
create index audit_event on audit (event, number);

create table audit_detail (
    number @int primary key references audit (number),
    detail_sealed @bytes not null
) @strict;

create table audit_head (
    id @int primary key check (id = 1),
    number @int not null,
    mac @bytes not null
) @strict;
