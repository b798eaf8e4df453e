-- Who has waited longest, and how many too long: the numbers of the association's first page.
create index member_waiting on member (state, state_at);
