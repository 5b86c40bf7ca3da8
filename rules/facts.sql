-- Facts: small conclusions from the records that many rules need, worked out once. Rules read them
-- like the tables of records, which docs/rules.md describes. The tables are made once; each `insert`
-- runs again whenever the workbench is filled, in the order of this file.

-- Organisations that take part (a federation's members speak through it).
create table partner(organisation, sector, part);
insert into partner
  select id as organisation, sector, part
  from organisation
  where part in ('partner', 'host', 'lead provider', 'commissioner', 'federation');

-- Bodies that set the conditions from outside.
create table system_body(organisation, part);
insert into system_body
  select id as organisation, part
  from organisation
  where part in ('regulator', 'funder', 'national body', 'regional body');

-- Who really holds a post: still there, and not only standing in or learning.
create table holder(post, person, manner, days_set_aside, share);
create index holder_by_post on holder(post);
create index holder_by_person on holder(person);
insert into holder
  select h.post, h.person, h.manner, h.days_set_aside, h.share
  from post_holder h
  join person p on p.id = h.person
  where h.manner not in ('deputy', 'being prepared');

-- Seats in teams. A seat given to a post is held by whoever holds the post (no row while nobody
-- does); a person's seat ends when the person leaves.
create table seat(id, team, person, post, organisation, role, vote, capacity);
create index seat_by_team on seat(team);
create index seat_by_person on seat(person);
insert into seat
  select m.id, m.team, coalesce(p.id, h.person) as person, m.post,
         coalesce(m.organisation, post.organisation, p.employer, hp.employer) as organisation,
         m.role, m.vote, m.capacity
  from team_member m
  left join person p on p.id = m.person
  left join holder h on m.person is null and h.post = m.post
  left join person hp on hp.id = h.person
  left join post on post.id = m.post
  where coalesce(p.id, h.person) is not null;

-- Where people are at home: employed there, in one of its posts, or in a seat given for it.
create table home(person, organisation);
create index home_by_person on home(person);
insert into home
  select id, employer from person where employer is not null
  union
  select h.person, p.organisation from holder h join post p on p.id = h.post
  where p.organisation is not null
  union
  select person, organisation from seat where organisation is not null;

-- Whose people they are, of the partners. Those of a federation's member belong to the federation.
create table belongs(person, organisation);
create index belongs_by_person on belongs(person, organisation);
create index belongs_by_organisation on belongs(organisation, person);
insert into belongs
  select distinct h.person, p.organisation
  from home h
  join organisation o on o.id = h.organisation
  join partner p on p.organisation = o.id
    or (p.organisation = o.member_of and o.part = 'member');

-- Teams that lead the change, at the level of the transformation team.
create table change_team(team);
insert into change_team
  select id as team
  from team
  where level = 'transformation team' and type not in ('care team', 'peer group')
    and coalesce(phase, '') <> 'ended';

-- Decision rights with the organisation for which they are held: the one named, or that of the
-- post, of the person's employer, or of the body. NULL stands for all (a team decides for all).
create table right_in(id, decision, right_held, organisation, post, person, team, body, up_to, held_by);
create index right_in_by_decision on right_in(decision);
insert into right_in
  select r.id, r.decision, r.right_held,
         coalesce(r.for_organisation, post.organisation, p.employer, r.body) as organisation,
         r.post, r.person, r.team, r.body, r.up_to,
         coalesce(r.post, r.person, r.team, r.body) as held_by
  from decision_right r
  left join post on post.id = r.post
  left join person p on p.id = r.person;

create table open_decision(decision, manner, final_say);
insert into open_decision
  select id as decision, manner, final_say
  from decision
  where state in ('open', 'proposed');

-- Posts that lead: for one side of one organisation, or for the programme as a whole.
create table lead(post, organisation, programme_role);
insert into lead
  select id as post, organisation, programme_role
  from post
  where programme_role in ('clinical lead', 'management lead', 'programme lead', 'network manager')
    and state in ('open', 'vacant');

-- Posts known to be empty: nobody stands in, and the post is said to be empty, everybody who held it
-- has gone, or it has ended.
create table empty_post(post);
create index empty_post_by_post on empty_post(post);
insert into empty_post
  select p.id as post
  from post p
  where not exists (select 1 from holder h where h.post = p.id)
    and (p.state in ('vacant', 'suspended', 'missing')
         or exists (select 1 from post_holder_ever h
                    where h.post = p.id and h.manner not in ('deputy', 'being prepared')))
  union
  select id from post_ever where id not in (select id from post);

-- What stands behind a record that a rule names: what has to be wrong if the record is right. With
-- an empty post, whoever held it last; with somebody's hold of a post, seat or right to decide, that
-- they have left; with a right, that the team has ended. The program adds it to the records of a
-- finding (src/diagnosis/behind.h); rules need not.
create table behind(kind, id, other_kind, other);
insert into behind
  with
    held as materialized (
      select h.id, h.post, h.person,
             case when h.until is null and p.until is null then '9999-12-31'
               when h.until is null then coalesce(p.until_last, '')
               else coalesce(h.until_last, '') end as last_day
      from post_holder_ever h
      join empty_post e on e.post = h.post
      join person_ever p on p.id = h.person
      where h.manner not in ('deputy', 'being prepared')),
    last_held as materialized (
      select post, id, person
      from (select *, rank() over (partition by post order by last_day desc) as place from held)
      where place = 1),
    gone as materialized (
      select id from person_ever where in_force = 0)
  select 'post', post, 'post_holder', id from last_held
  union
  select 'post', post, 'person', person from last_held where person in (select id from gone)
  union
  select 'post_holder', id, 'person', person from post_holder
  where person in (select id from gone)
  union
  select 'team_member', id, 'person', person from team_member
  where person in (select id from gone)
  union
  select 'decision_right', id, 'person', person from decision_right
  where person in (select id from gone)
  union
  select 'decision_right', id, 'team', team from decision_right
  where team in (select id from team_ever where in_force = 0);

-- Project support for each lead, there or known to be lacking: a post that supports the lead, or a
-- resource. It is near when it is for the lead or for the lead's organisation; otherwise it is for
-- the programme as a whole.
create table project_support(post, is_near, is_there, support_post, resource);
create index project_support_by_post on project_support(post);
insert into project_support
  with help as (
    select id, for_post, for_organisation, state in ('secured', 'spent') as is_there
    from resource
    where type = 'project support')
  select s.ref as post, 1 as is_near, s.id not in (select post from empty_post) as is_there,
         s.id as support_post, null as resource
  from post_supports s
  join post_ever p on p.id = s.id
  where p.programme_role = 'project support' or p.function = 'project support'
  union all
  select for_post, 1, is_there, null, id
  from help
  where for_post is not null
  union all
  select l.post, 1, h.is_there, null, h.id
  from lead l
  join help h on h.for_organisation = l.organisation
  where h.for_post is null
  union all
  select l.post, 0, h.is_there, null, h.id
  from lead l
  join help h on h.for_post is null and h.for_organisation is null;

-- Agreements of the partnership itself, not one care team's or peer group's own. One that a later
-- agreement has replaced holds no more, even if nobody wrote down its end.
create table shared_agreement(agreement, type, holds);
insert into shared_agreement
  select a.id as agreement, a.type,
         a.in_force and not exists (select 1 from agreement_ever later
                                    where later.replaces = a.id) as holds
  from agreement_ever a
  where not exists (select 1 from team_ever t
                    where t.id = a.team
                      and (t.level in ('care team', 'individual')
                           or t.type in ('care team', 'peer group')));

-- Who decides, and whether they are there to do it. `organisation` as in right_in.
create table decider(decision, organisation, post, person, is_there);
create index decider_by_decision on decider(decision);
insert into decider
  select r.decision, r.organisation, r.post, r.person,
         (r.post is null or r.post not in (select post from empty_post))
           and (r.person is null or r.person in (select id from person))
           and (r.team is null or r.team in (select id from team)) as is_there
  from right_in r
  where r.right_held = 'decides';

-- Organisations that a decision concerns and for which nobody is there to decide. A federation
-- decides for its members.
create table undecided(decision, organisation);
create index undecided_by_decision on undecided(decision);
insert into undecided
  select c.id as decision, c.ref as organisation
  from decision_concerns c
  join organisation o on o.id = c.ref
  where not exists (select 1 from decider r
                    where r.decision = c.id and r.is_there
                      and (r.organisation is null or r.organisation in (o.id, o.member_of)))
  order by decision, organisation;

-- Who carries the messages of a route now: the person named, or whoever holds the post named. No
-- row while nobody does.
create table messenger(message_route, person, post);
create index messenger_by_route on messenger(message_route);
insert into messenger
  select m.id as message_route, p.id as person, null as post
  from message_route m
  join person p on p.id = m.messenger
  union all
  select m.id, h.person, h.post
  from message_route m
  join post on post.id = m.messenger_post
  join holder h on h.post = post.id
  where h.person is not m.messenger;

-- How often, in words: each number of days on the sheets Teams and Message routes.
create table rhythm(days, words);
insert into rhythm
select days,
       case
         when days = 7 then 'every week'
         when days = 14 then 'every two weeks'
         when days = 28 then 'every four weeks'
         when days between 30 and 31 then 'every month'
         when days between 60 and 62 then 'every two months'
         when days between 90 and 92 then 'every three months'
         when days between 120 and 123 then 'every four months'
         when days between 181 and 184 then 'twice a year'
         when days between 365 and 366 then 'every year'
         else printf('every %d days', days)
       end
from (select meets_every as days from team union select every_days from message_route)
where days > 0;

-- Who decides or must agree on something open: a post that exists, a person who is still there, a
-- team that does not lead the change itself, an organisation (`body`). `id` is that of one of their
-- rights over the decision.
create table asked(id, decision, post, person, team, body, organisation);
create index asked_by_decision on asked(decision);
insert into asked
  select min(r.id) as id, r.decision, r.post, r.person, t.id as team, body.id as body,
         coalesce(post.organisation, p.employer, t.host) as organisation
  from decision_right r
  join open_decision d on d.decision = r.decision
  left join post on post.id = r.post
  left join person p on p.id = r.person
  left join team t on t.id = r.team and coalesce(t.phase, '') <> 'ended'
    and t.id not in (select team from change_team)
  left join organisation body on body.id = r.body
  where r.right_held in ('decides', 'must agree')
    and (p.id is not null or post.state not in ('vacant', 'suspended', 'missing')
         or t.id is not null or body.id is not null)
  group by r.decision, r.post, r.person, t.id, body.id;

-- Every way in which messages from the teams may reach those who are asked (none: no row).
--   state     works, unclear, none; maybe: a route leads to some tier of the organisation, and
--             nobody says in which tier the post is. (In the order of the alphabet, "works" comes
--             last, then "unclear", "none", "maybe": max() gives the best.)
--   how       seat: they sit in a team that leads the change (an organisation: somebody speaks for
--             it there); both sides: one of the people of the team that is asked sits in such a team
--             as well; route: a message route leads to them.
--   person    who sits there, or who carries the messages now (a row for each); NULL while nobody
--             does. `post`: the post with which the task of carrying them goes.
create table way(asked, state, how, team, message_route, person, post);
create index way_by_asked on way(asked);
insert into way
  with
    -- Where a message to them may go: to the post, to a post that the person holds, to the employer.
    address as materialized (
      select a.id, a.decision, post.id as post, post.organisation, post.tier
      from asked a
      join post on post.id = a.post
      union
      select a.id, a.decision, post.id, post.organisation, post.tier
      from asked a
      join holder h on h.person = a.person
      join post on post.id = h.post
      union
      select id, decision, null, organisation, null
      from asked
      where person is not null),
    -- Routes from teams that still meet.
    route as materialized (
      select m.id, m.from_team, m.to_organisation, m.to_tier, m.to_post, m.decision, m.state
      from message_route m
      join team t on t.id = m.from_team
      where coalesce(t.phase, '') <> 'ended'),
    -- Posts and people with a seat in a team that leads the change, and for whom they speak there.
    seated as materialized (
      select s.team, s.post, s.person, s.organisation
      from seat s
      join change_team t on t.team = s.team
      union
      select s.team, h.post, h.person, null
      from seat s
      join change_team t on t.team = s.team
      join holder h on h.person = s.person),
    -- Posts and people with a seat in the team that is asked.
    inside as materialized (
      select a.id, a.decision, a.team, s.post, s.person
      from asked a
      join seat s on s.team = a.team
      union
      select a.id, a.decision, a.team, h.post, h.person
      from asked a
      join seat s on s.team = a.team
      join holder h on h.person = s.person),
    found as (
      select a.id as asked, 'works' as state, 'seat' as how, s.team, null as message_route, s.person
      from asked a
      join seated s on s.post = a.post
      union
      select a.id, 'works', 'seat', s.team, null, s.person
      from asked a
      join seated s on s.person = a.person
      union
      select a.id, r.state, 'route', r.from_team, r.id, null
      from address a
      join route r on r.to_post = a.post
      where r.decision is null or r.decision = a.decision
      union
      select a.id,
             case when r.to_tier is null or r.to_tier = a.tier then r.state else 'maybe' end,
             'route', r.from_team, r.id, null
      from address a
      join route r on r.to_organisation = a.organisation
      where r.to_post is null and (r.decision is null or r.decision = a.decision)
        and (r.to_tier is null or r.to_tier = a.tier
             or a.post is not null and a.tier is null and r.state = 'works')
      union
      -- A team: one of its people sits on both sides, a route leads to one of them, or to its host.
      select i.id, 'works', 'both sides', s.team, null, s.person
      from inside i
      join seated s on s.person = i.person
      union
      select i.id, 'works', 'both sides', s.team, null, s.person
      from inside i
      join seated s on s.post = i.post
      union
      select i.id, 'works', 'route', r.from_team, r.id, null
      from inside i
      join route r on r.to_post = i.post
      where r.state = 'works' and r.from_team <> i.team
        and (r.decision is null or r.decision = i.decision)
      union
      -- That no route leads to some managers of the host says nothing yet about its team.
      select a.id, r.state, 'route', r.from_team, r.id, null
      from asked a
      join route r on r.to_organisation = a.organisation
      where a.team is not null and r.from_team <> a.team
        and (r.decision = a.decision or r.decision is null and r.state = 'works')
      union
      -- An organisation: somebody speaks for it in the team, or a route leads there.
      select a.id, 'works', 'seat', s.team, null, s.person
      from asked a
      join seated s on s.organisation = a.body
      union
      select a.id, r.state, 'route', r.from_team, r.id, null
      from asked a
      join route r on r.to_organisation = a.body
      where r.decision is null or r.decision = a.decision)
  select f.asked, f.state, f.how, f.team, f.message_route, coalesce(f.person, m.person), m.post
  from found f
  left join messenger m on m.message_route = f.message_route;

-- Who is tied to whom, one row for each way in which two people are tied. `mutual` is 1 where the
-- tie runs both ways; otherwise it runs from `person` to `other`.
--   shared team       both have a seat in the team. Being in a room with more than forty others is
--                     no tie; this also keeps the table from growing with people times people.
--   message route     the messenger tells whoever holds the post at the other end.
--   relationship      somebody wrote it down.
--   line management   one answers to the other.
create table tie(kind, person, other, mutual, via);
create index tie_by_person on tie(person);
create index tie_by_other on tie(other);
insert into tie
  with
    member as (
      select distinct s.team, s.person
      from seat s
      join team t on t.id = s.team
      where s.role <> 'observer' and coalesce(t.phase, '') <> 'ended'),
    room as (
      select team from member group by team having count(*) between 2 and 41)
  select 'shared team' as kind, a.person, b.person as other, 1 as mutual, a.team as via
  -- In this order, so that no pairs are made in a team that is too large to be a room.
  from room
  cross join member a on a.team = room.team
  cross join member b on b.team = a.team and b.person > a.person
  union all
  select 'message route', m.person, h.person, 0, r.id
  from message_route r
  join messenger m on m.message_route = r.id
  join holder h on h.post = r.to_post
  where r.state = 'works' and h.person <> m.person
  union all
  select 'relationship', r.person, r.other, coalesce(r.mutual = 'yes', 0), r.id
  from relationship r
  join person p on p.id = r.person
  join person o on o.id = r.other
  where r.person <> r.other
  union all
  select 'line management', a.person, b.person, 0, l.id
  from reporting_line l
  join holder a on a.post = l.post
  join holder b on b.post = l.reports_to
  where l.line = 'line management' and a.person <> b.person;

-- What src/network measures of these ties, filled in by the program after everything above
-- (src/diagnosis/network_facts.c). `part` is 0 for the largest set of people tied to each other, 1
-- for the next, ...; `cut_off` is how many people of the same part lose their way to the rest of it
-- without this person. `betweenness` and `effective_size` are empty unless a rule reads them.
create table network_person(person text primary key, degree, part, core, cut_off, betweenness,
                            effective_size) without rowid;
create table network(people, ties, isolates, parts, largest, density);
