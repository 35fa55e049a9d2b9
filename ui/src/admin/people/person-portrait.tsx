/** The portrait of a person a list names: as they are now, or as they were when they were last seen. */
import { UserIcon } from "@phosphor-icons/react";
import { useEffect, useSyncExternalStore } from "react";
import { useAdmin } from "../access/admin";
import * as calls from "../api/calls";
import type { Api } from "../api/client";
import type { AdminSession, Face, PersonRef } from "../contract";
import type { Target } from "../state/dialog";
import { Faces } from "./faces";
import { Portrait } from "./portrait";
import classes from "./portrait.module.css";
import { personOf } from "./target";

export interface PersonPortraitProps {
  readonly person: PersonRef | null;
  /** The player's id, where the list knows it: a face for whom the server has none. */
  readonly id?: string | undefined;
  /** CSS pixels. */
  readonly size?: number;
}

export function PersonPortrait({ person, id, size = 26 }: PersonPortraitProps) {
  const face = useFace(person);
  if (face) return <Portrait id={face.playerId} appearance={face.appearance} size={size} />;
  if (face === null && id !== undefined) return <Portrait id={id} size={size} />;
  return (
    <span className={`${classes.portrait} ${classes.unknown}`} style={{ width: size, height: size }}>
      {face === null && <UserIcon size={size * 0.6} weight="fill" aria-hidden="true" />}
    </span>
  );
}

export interface SessionPortraitProps {
  /** A live one, or one that was. */
  readonly session: AdminSession;
  readonly size?: number;
}

/** What a session shows needs no question; who only looks on may have been here before. */
export function SessionPortrait({ session, size = 26 }: SessionPortraitProps) {
  if (session.playerId === null) return <PersonPortrait person={personOf(session)} size={size} />;
  return <Portrait id={session.playerId} appearance={session.appearance} size={size} />;
}

export interface TargetPortraitProps {
  readonly target: Target;
  readonly size: number;
}

export function TargetPortrait({ target, size }: TargetPortraitProps) {
  const { playerId, appearance, person } = target;
  if (playerId !== null && appearance !== undefined)
    return <Portrait id={playerId} appearance={appearance} size={size} />;
  return <PersonPortrait person={person} id={playerId ?? undefined} size={size} />;
}

/** `undefined` until it is known, `null` where nobody knows it. */
function useFace(person: PersonRef | null): Face | null | undefined {
  const faces = facesOf(useAdmin().api);
  const kind = person?.kind;
  const subject = person?.subject;
  useEffect(() => {
    if (kind !== undefined && subject !== undefined) faces.want({ kind, subject });
  }, [faces, kind, subject]);
  return useSyncExternalStore(faces.subscribe, () => (person ? faces.of(person) : null));
}

/** One book of faces for all lists of a sign-in. */
const books = new WeakMap<Api, Faces>();

function facesOf(api: Api): Faces {
  const known = books.get(api);
  if (known) return known;
  const faces = new Faces({
    ask: async (people) => (await calls.faces(api, people)).faces,
    soon: (run) => queueMicrotask(run),
    now: () => performance.now(),
  });
  books.set(api, faces);
  return faces;
}
