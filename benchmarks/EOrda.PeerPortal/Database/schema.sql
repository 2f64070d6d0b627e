-- The usual tables of the usual portal. Instants are Unix milliseconds of the portal's clock.
DROP TABLE IF EXISTS answer, place, application, queue;

CREATE TABLE queue (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  referrals integer NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- Half of each page is left for the new versions of rows, so that a claim touches no index; vacuum runs early and at full speed.
CREATE TABLE application (
  id integer PRIMARY KEY,
  name text NOT NULL UNIQUE,
  queue integer NOT NULL REFERENCES queue,
  lane smallint NOT NULL, -- 0 out of turn, 1 first priority, 2 general
  submitted bigint NOT NULL,
  referred boolean NOT NULL DEFAULT false,
  place integer,
  until bigint
) WITH (fillfactor = 50, autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX application_waiting ON application (queue) WHERE NOT referred;

CREATE TABLE place (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  queue integer NOT NULL REFERENCES queue,
  kindergarten text NOT NULL,
  available bigint NOT NULL,
  given_up boolean NOT NULL DEFAULT false,
  holder integer REFERENCES application,
  referred boolean NOT NULL DEFAULT false,
  until bigint
) WITH (fillfactor = 50, autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_scale_factor = 0.02);

-- A queue has few places at a kindergarten: free ones are found among them without an index that every claim would have to change.
CREATE INDEX place_of_queue ON place (queue, kindergarten, id);

-- What each key was answered, refusals too: written in the transaction that decides. A key is the application's own: made of both.
CREATE TABLE answer (
  key uuid PRIMARY KEY,
  application integer NOT NULL,
  asked text NOT NULL,
  reason text,
  given text,
  until bigint
);

-- A command is one call: one way to the server and back, and one durable transaction.
-- It locks its application first, so that the commands of one application come one after the other, and no two applications wait for each other.
CREATE OR REPLACE FUNCTION reserve(
  its_queue text, its_name text, its_key uuid, wanted text, wanted_kindergarten text, at bigint, ends bigint, frozen boolean,
  OUT reason text, OUT given text, OUT until bigint) LANGUAGE plpgsql AS $$
DECLARE
  mine record;
  found_place record;
  asks text := 'reserve ' || coalesce(wanted, '@' || wanted_kindergarten);
  asked text;
BEGIN
  SELECT a.id, a.queue, a.referred, a.place INTO mine
    FROM application a JOIN queue q ON q.id = a.queue WHERE a.name = its_name AND q.name = its_queue FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN
    reason := 'unknown-application';
    RETURN;
  END IF;

  SELECT w.asked, w.reason, w.given, w.until INTO asked, reason, given, until FROM answer w WHERE w.key = its_key;
  IF FOUND THEN
    IF asked <> asks THEN
      reason := 'key-reused';
      given := NULL;
      until := NULL;
    END IF;
    RETURN;
  END IF;

  IF mine.referred THEN
    reason := 'referred';
  ELSIF frozen THEN
    reason := 'frozen';
  ELSIF wanted IS NOT NULL THEN
    SELECT p.id, p.queue, p.available, p.holder INTO found_place FROM place p WHERE p.name = wanted;
    reason := CASE
      WHEN NOT FOUND THEN 'unknown-place'
      WHEN found_place.queue <> mine.queue THEN 'wrong-queue'
      WHEN mine.place IS NOT NULL THEN 'already-holding'
      WHEN found_place.holder IS NOT NULL THEN 'place-taken'
      WHEN found_place.available > at THEN 'place-locked'
    END;
    IF reason IS NULL THEN
      SELECT p.id, p.name INTO found_place FROM place p WHERE p.id = found_place.id AND p.holder IS NULL AND p.available <= at FOR NO KEY UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        reason := 'place-taken';
      END IF;
    END IF;
  ELSIF mine.place IS NOT NULL THEN
    reason := 'already-holding';
  ELSE
    SELECT p.id, p.name INTO found_place FROM place p
      WHERE p.queue = mine.queue AND p.kindergarten = wanted_kindergarten AND p.holder IS NULL AND p.available <= at
      ORDER BY p.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      reason := 'no-place';
    END IF;
  END IF;

  IF reason IS NULL THEN
    UPDATE place p SET holder = mine.id, until = ends, given_up = false WHERE p.id = found_place.id;
    UPDATE application a SET place = found_place.id, until = ends WHERE a.id = mine.id;
    given := found_place.name;
    until := ends;
  END IF;

  INSERT INTO answer VALUES (its_key, mine.id, asks, reason, given, until);
END $$;

CREATE OR REPLACE FUNCTION confirm(
  its_queue text, its_name text, its_key uuid, ends bigint,
  OUT reason text, OUT given text, OUT until bigint) LANGUAGE plpgsql AS $$
DECLARE
  mine record;
  asked text;
BEGIN
  SELECT a.id, a.queue, a.referred, a.place INTO mine
    FROM application a JOIN queue q ON q.id = a.queue WHERE a.name = its_name AND q.name = its_queue FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN
    reason := 'unknown-application';
    RETURN;
  END IF;

  SELECT w.asked, w.reason, w.given, w.until INTO asked, reason, given, until FROM answer w WHERE w.key = its_key;
  IF FOUND THEN
    IF asked <> 'confirm' THEN
      reason := 'key-reused';
      given := NULL;
      until := NULL;
    END IF;
    RETURN;
  END IF;

  IF mine.place IS NULL OR mine.referred THEN
    reason := 'no-reservation';
  ELSE
    UPDATE place p SET referred = true, until = ends WHERE p.id = mine.place;
    UPDATE application a SET referred = true, until = NULL WHERE a.id = mine.id;
    UPDATE queue q SET referrals = q.referrals + 1 WHERE q.id = mine.queue RETURNING q.name || '/' || q.referrals INTO given;
    until := ends;
  END IF;

  INSERT INTO answer VALUES (its_key, mine.id, 'confirm', reason, given, until);
END $$;

-- A night passes: whatever nobody has confirmed returns.
CREATE OR REPLACE FUNCTION lapse(available_again bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE place SET holder = NULL, until = NULL, given_up = true, available = available_again WHERE holder IS NOT NULL AND NOT referred;
  UPDATE application SET place = NULL, until = NULL WHERE place IS NOT NULL AND NOT referred;
$$;

CREATE OR REPLACE FUNCTION give_up(
  its_queue text, its_name text, its_key uuid, available_again bigint,
  OUT reason text, OUT given text, OUT until bigint) LANGUAGE plpgsql AS $$
DECLARE
  mine record;
  asked text;
BEGIN
  SELECT a.id, a.referred, a.place INTO mine
    FROM application a JOIN queue q ON q.id = a.queue WHERE a.name = its_name AND q.name = its_queue FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN
    reason := 'unknown-application';
    RETURN;
  END IF;

  SELECT w.asked, w.reason, w.given, w.until INTO asked, reason, given, until FROM answer w WHERE w.key = its_key;
  IF FOUND THEN
    IF asked <> 'give up' THEN
      reason := 'key-reused';
      given := NULL;
      until := NULL;
    END IF;
    RETURN;
  END IF;

  IF mine.place IS NULL OR mine.referred THEN
    reason := 'no-reservation';
  ELSE
    UPDATE place p SET holder = NULL, until = NULL, given_up = true, available = available_again WHERE p.id = mine.place;
    UPDATE application a SET place = NULL, until = NULL WHERE a.id = mine.id;
    until := available_again;
  END IF;

  INSERT INTO answer VALUES (its_key, mine.id, 'give up', reason, given, until);
END $$;
