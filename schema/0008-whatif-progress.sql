-- How far somebody has come who works out what hangs on everybody in turn (src/whatif/asked.h).
alter table whatif_question add column done bigint;
alter table whatif_question add column done_of bigint;
