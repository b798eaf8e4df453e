-- Forms that came after their session had ended: sealed, for the account, an hour (app/access/kept.h). session_hash: of
-- the session that fills them in again.
create table kept_form (
    id @id,
    uid @bytes not null unique,
    account_id @int not null references account (id),
    action @text not null,
    page @text not null,
    fields_sealed @bytes not null,
    session_hash @bytes,
    kept_at @int not null,
    unique (account_id, action)
) @strict;
create index kept_form_account on kept_form (account_id, kept_at, id);
create index kept_form_session on kept_form (session_hash, page, kept_at, id);
create index kept_form_kept on kept_form (kept_at);
