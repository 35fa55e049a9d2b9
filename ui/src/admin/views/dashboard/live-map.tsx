/** The world right now: one light per person, moved once a second, and not while nobody looks. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin, useMirror } from "../../access/admin";
import type { Mirror } from "../../feed/mirror";
import { useFormat, useSecond } from "../../format/use-format";
import { BUILT_IN } from "../../harbour/built-in";
import { type MapPoint, type MapView, MOST_LIGHTS, NightMap, onMap } from "../../harbour/night-map";
import { placeName } from "../../harbour/place-name";
import { labelledPlaces } from "../../harbour/places";
import { EveningButton } from "./evening-button";
import classes from "./live-map.module.css";

export function LiveMap() {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<NightMap | null>(null);
  const [view, setView] = useState<MapView | null>(null);
  const { feed } = useAdmin();
  const known = useMirror(() => true) ?? false;
  const world = useMirror((mirror) => mirror.server.world.name);
  // Changes may come four times a second; the map follows the page's clock.
  const second = useSecond();
  const people = useMemo(() => spotsOf(feed.state().mirror), [feed, second, known]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const drawn = new NightMap(element, BUILT_IN);
    map.current = drawn;
    const observer = new ResizeObserver(() => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) setView(drawn.resize({ width, height }, window.devicePixelRatio || 1));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!document.hidden) map.current?.draw(people);
  }, [people, view]);

  return (
    <div className={classes.map}>
      <canvas
        ref={canvas}
        className={classes.canvas}
        role="img"
        aria-label={t("map.label", { count: people.length })}
      />
      <div className={classes.top}>
        <div className={classes.title}>
          {world !== null && (
            <h2 className="name" dir="auto">
              {t("map.title", { world })}
            </h2>
          )}
          <p>{t(people.length > MOST_LIGHTS ? "map.crowd" : "map.legend")}</p>
        </div>
        <EveningButton />
      </div>
      {view && <Places view={view} people={people} />}
    </div>
  );
}

function Places({ view, people }: { readonly view: MapView; readonly people: readonly MapPoint[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={classes.places}>
      {labelledPlaces(BUILT_IN, people).map(({ name, at: spot, count }) => {
        const at = onMap(BUILT_IN, view, spot);
        return (
          <li
            key={name}
            className={classes.place}
            style={{ left: at.x / view.ratio, top: at.y / view.ratio }}
          >
            {placeName(t, name)} <strong>{format.count(count)}</strong>
          </li>
        );
      })}
    </ul>
  );
}

function spotsOf(mirror: Mirror | null): readonly MapPoint[] {
  const spots: MapPoint[] = [];
  if (mirror === null) return spots;
  for (const session of mirror.sessions.values()) {
    // One light is one person.
    if (!session.joined || session.kind === "bot") continue;
    if (session.mapId !== null && session.mapId !== BUILT_IN.id) continue;
    const { position } = mirror.moves.get(session.id) ?? session;
    if (position !== null) spots.push(position);
  }
  return spots;
}
