-- What whoever takes a reply up says back to it; or nothing.
alter table reply add column taken_up_words text;
