/**
 * The player page: joins session, stage and panels, and decides which of entrance, world and end is shown.
 *
 * The one module of the page that sees everything. It draws nothing itself.
 */
import type { ChatMessage, JoinAccepted, JoinRequest, Refusal } from "../contract";
import {
  type Identity,
  type Scheduler,
  Session,
  type SessionState,
  type Wire,
  type WorldEvent,
  type WorldMirror,
} from "../sdk";
import { Banners } from "./hud/banners";
import { BrandPanel } from "./hud/brand-panel";
import { Chat } from "./hud/chat";
import { el, show } from "./hud/element";
import { Ended } from "./hud/ended";
import { Entrance } from "./hud/entrance";
import { Menu } from "./hud/menu";
import { Roster } from "./hud/roster";
import { Joystick } from "./input/joystick";
import { Keys } from "./input/keys";
import { lookOf } from "./look/look";
import { MAP_ID } from "./map/harbour";
import { spawnSpot } from "./map/walk";
import { Stage } from "./stage";
import type { LanguageCode, Speech } from "./text/speech";
import type { SpriteImages } from "./view/sprite-images";

export interface PageParts {
  readonly root: HTMLElement;
  readonly wire: Wire;
  readonly scheduler: Scheduler;
  readonly identity: Identity;
  readonly speech: Speech;
  readonly sprites: SpriteImages;
  readonly keepLanguage: (code: LanguageCode) => void;
}

type Scene = "entrance" | "world" | "ended";

/** The list of names is brought up to date at most this often, ms: in a crowd somebody changes in every frame. */
const ROSTER_EVERY_MS = 250;

export class PlayerPage {
  private readonly session: Session;
  private readonly stage: Stage;
  private readonly canvas = el("canvas", { class: "world", tabindex: "0", role: "img" });
  private readonly brand = new BrandPanel();
  private readonly roster: Roster;
  private readonly chat: Chat;
  private readonly menu: Menu;
  private readonly banners: Banners;
  private readonly entrance: Entrance;
  private readonly ended: Ended;
  private readonly joystick = new Joystick();
  private scene: Scene = "entrance";
  private players: WorldMirror["players"] = new Map();
  private rosterDue = 0;
  private rosterStale = true;

  constructor(private readonly parts: PageParts) {
    const { speech, identity, root } = parts;
    this.session = new Session({
      wire: parts.wire,
      scheduler: parts.scheduler,
      random: Math.random,
      profile: () => this.profile(),
      renewPlayerId: () => identity.renew() !== "",
      keepGuestToken: (token) => {
        identity.guestToken = token;
      },
      listener: {
        onState: (state) => this.stateChanged(state),
        onWorld: (mirror, event) => this.worldChanged(mirror, event),
        onJoin: (answer) => this.joinAnswered(answer),
      },
    });
    this.roster = new Roster(speech);
    this.banners = new Banners(speech, () => this.session.retryNow());
    this.entrance = new Entrance(speech, identity.name, (name) => this.enter(name));
    this.ended = new Ended(speech, () => this.comeBack());
    this.chat = new Chat(
      speech,
      (content) => this.send(content),
      () => this.canvas.focus(),
    );
    this.menu = new Menu(speech, {
      leave: () => this.leave(),
      chooseLanguage: (code) => {
        speech.choose(code);
        parts.keepLanguage(code);
      },
    });
    const keys = new Keys(window, () => this.scene === "world" && this.chat.focus());
    this.stage = new Stage({
      canvas: this.canvas,
      sprites: parts.sprites,
      wish: () => keys.wish ?? this.joystick.wish,
      onFrame: (now) => this.everyFrame(now),
      onBearing: ({ position, heading, animation }) =>
        this.session.update({ position, animation, metadata: { heading } }),
    });
    speech.say((text) => {
      document.documentElement.lang = speech.code;
      this.canvas.setAttribute("aria-label", text.world);
    });
    const panels = [
      this.brand,
      this.roster,
      this.banners,
      this.joystick,
      this.chat,
      this.menu,
      this.entrance,
      this.ended,
    ];
    root.append(this.canvas, ...panels.map((panel) => panel.element));
  }

  start(): void {
    this.stage.walker.place(spawnSpot(Math.random));
    this.showScene("entrance");
    this.brand.nameWorld("");
    this.brand.light(this.session.state);
    this.stage.start();
    this.session.start();
  }

  private profile(): JoinRequest {
    const { position, heading } = this.stage.bearing;
    return {
      playerId: this.parts.identity.playerId,
      name: this.parts.identity.name,
      position,
      animation: "idle",
      metadata: { mapId: MAP_ID, heading },
    };
  }

  private enter(name: string): void {
    this.parts.identity.name = name;
    this.entrance.setBusy(true);
    this.session.join();
  }

  private comeBack(): void {
    this.entrance.setBusy(true);
    this.showScene("entrance");
    this.session.resume();
  }

  private leave(): void {
    this.session.leave();
    this.showScene("entrance");
  }

  private joinAnswered(answer: JoinAccepted | Refusal): void {
    this.entrance.setBusy(false);
    if (answer.ok) {
      this.stage.cast.selfId = answer.player.id;
      const { position, heading } = this.stage.bearing;
      this.stage.bearingKnown({ position, heading, animation: "idle" });
      this.showScene("world");
    } else if (this.session.state.kind !== "terminated") {
      this.entrance.complain(answer.message || this.parts.speech.text.notSent);
      this.showScene("entrance");
    }
    this.rosterStale = true;
  }

  private async send(content: string): Promise<string | undefined> {
    const answer = await this.session.say(content);
    return answer.ok ? undefined : answer.message || this.parts.speech.text.notSent;
  }

  private stateChanged(state: SessionState): void {
    this.brand.light(state);
    if (state.kind === "terminated") this.end(state);
    this.banners.connection(state, this.scene === "world");
    this.entrance.outOfReach(state.kind === "reconnecting");
  }

  private end(state: Extract<SessionState, { kind: "terminated" }>): void {
    const { playerId } = this.parts.identity;
    const metadata = this.players.get(playerId)?.metadata ?? {};
    this.showScene("ended");
    this.banners.clearNotices();
    this.ended.show(state, this.session.mirror.world?.name ?? "", lookOf(playerId, metadata));
  }

  private worldChanged(mirror: WorldMirror, event: WorldEvent): void {
    const before = this.players;
    this.players = mirror.players;
    this.stage.follow(mirror, event, performance.now());
    this.rosterStale = true;
    switch (event.type) {
      case "snapshot":
        this.brand.nameWorld(mirror.world?.name ?? "");
        this.chat.show(mirror.chat);
        return;
      case "said":
        this.heard(event.message, mirror);
        return;
      case "unsaid":
        this.chat.show(mirror.chat);
        return;
      case "joined":
        if (this.scene === "world" && !before.has(event.player.id)) this.chat.cameIn(event.player.name);
        return;
      case "notice":
        this.banners.notice(event.notice);
        return;
      default:
    }
  }

  private heard(message: ChatMessage, mirror: WorldMirror): void {
    this.chat.show(mirror.chat);
    this.stage.bubbles.say(message, performance.now());
  }

  private everyFrame(now: number): void {
    this.banners.tick(now);
    if (!this.rosterStale || now < this.rosterDue) return;
    this.rosterStale = false;
    this.rosterDue = now + ROSTER_EVERY_MS;
    const { world } = this.session.mirror;
    this.roster.show(this.players.values(), this.scene === "world" ? this.stage.cast.selfId : null);
    this.entrance.lookIn(world ? { world: world.name, count: this.players.size } : null);
  }

  private showScene(scene: Scene): void {
    const inWorld = scene === "world";
    this.scene = scene;
    this.stage.walking = inWorld;
    this.stage.night = scene === "ended";
    this.rosterStale = true;
    this.rosterDue = 0;
    show(this.entrance.element, scene === "entrance");
    show(this.ended.element, scene === "ended");
    for (const panel of [this.roster, this.chat, this.joystick]) show(panel.element, inWorld);
    show(this.menu.element, scene !== "ended");
    this.menu.inWorld(inWorld);
    this.banners.connection(this.session.state, inWorld);
    if (inWorld) this.canvas.focus();
    if (scene === "entrance") this.entrance.focus();
  }
}
