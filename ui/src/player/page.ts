/**
 * The player page: joins session, stage and panels, and decides which of entrance, world and end is shown.
 *
 * The one module of the page that sees everything. It draws nothing itself.
 */
import type { ChatMessage, JoinAccepted, JoinRequest, Refusal } from "../contract";
import {
  type Identity,
  type Rest,
  type Scheduler,
  Session,
  type SessionState,
  type Wire,
  type WorldEvent,
  type WorldMirror,
} from "../sdk";
import { Visitor } from "./account";
import { AccountDialog } from "./hud/account-dialog";
import { Banners } from "./hud/banners";
import { BrandPanel } from "./hud/brand-panel";
import { Chat } from "./hud/chat";
import { el, show } from "./hud/element";
import { Ended } from "./hud/ended";
import { Entrance } from "./hud/entrance";
import { Menu } from "./hud/menu";
import { PersonCard } from "./hud/person-card";
import { Roster } from "./hud/roster";
import { Wardrobe } from "./hud/wardrobe";
import { Joystick } from "./input/joystick";
import { Keys } from "./input/keys";
import { appearanceOf, type Look, lookOf } from "./look/look";
import type { OwnLook } from "./look/own-look";
import { MAP_ID } from "./map/harbour";
import { spawnSpot } from "./map/walk";
import type { Muted } from "./muted";
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
  readonly muted: Muted;
  readonly rest: Rest;
  readonly look: OwnLook;
  readonly keepLanguage: (code: LanguageCode) => void;
}

type Scene = "entrance" | "world" | "ended";

/** The list of names is brought up to date at most this often, ms: in a crowd somebody changes in every frame. */
const ROSTER_EVERY_MS = 250;

export class PlayerPage {
  private readonly session: Session;
  private readonly stage: Stage;
  private readonly visitor: Visitor;
  private readonly wardrobe: Wardrobe;
  private readonly accountDialog: AccountDialog;
  private readonly canvas = el("canvas", { class: "world", tabindex: "0", role: "img" });
  private readonly brand = new BrandPanel();
  private readonly personCard: PersonCard;
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
      renewPlayerId: () => this.visitor.account === null && identity.renew() !== "",
      keepGuestToken: (token) => {
        identity.guestToken = token;
      },
      listener: {
        onState: (state) => this.stateChanged(state),
        onWorld: (mirror, event) => this.worldChanged(mirror, event),
        onJoin: (answer) => this.joinAnswered(answer),
      },
    });
    this.visitor = new Visitor(parts.rest, identity, parts.look, () => this.visitorChanged());
    this.wardrobe = new Wardrobe(speech, (look) => this.wear(look));
    this.accountDialog = new AccountDialog(speech, {
      logIn: (email, password) => this.visitor.logIn(email, password),
      register: (username, email, password) => this.visitor.register(username, email, password),
      logOut: () => this.visitor.logOut(),
    });
    this.personCard = new PersonCard(speech, parts.muted, {
      onMute: (id) => this.toggleMute(id),
      report: async (id, reason) => this.refusalOf(await this.session.report(id, reason)),
    });
    this.roster = new Roster(speech, parts.muted, (id) => {
      const player = this.players.get(id);
      if (player) this.personCard.show(player);
    });
    this.banners = new Banners(speech, () => this.session.retryNow());
    this.entrance = new Entrance(speech, identity.name, (name) => this.enter(name));
    this.ended = new Ended(speech, () => this.comeBack());
    this.chat = new Chat(
      speech,
      (content) => this.send(content),
      () => this.canvas.focus(),
    );
    this.menu = new Menu(speech, {
      look: () => this.wardrobe.show(this.ownLook()),
      account: () => this.accountDialog.show(this.visitor.account),
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
      this.personCard,
      this.wardrobe,
      this.accountDialog,
    ];
    root.append(this.canvas, ...panels.map((panel) => panel.element));
  }

  /** What the handshake asks for. */
  get features(): readonly string[] {
    return this.session.features;
  }

  start(): void {
    this.stage.walker.place(spawnSpot(Math.random));
    this.showScene("entrance");
    this.brand.nameWorld("");
    this.brand.light(this.session.state);
    this.stage.start();
    this.session.start();
    void this.visitor.recall();
  }

  private profile(): JoinRequest {
    const { position, heading } = this.stage.bearing;
    const { appearance } = this.visitor;
    return {
      playerId: this.visitor.playerId,
      name: this.parts.identity.name,
      position,
      animation: "idle",
      metadata: { mapId: MAP_ID, heading, ...(appearance && { appearance }) },
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
    return this.refusalOf(await this.session.say(content));
  }

  /** Why something was not sent, in words for the visitor. */
  private refusalOf(answer: { readonly ok: true } | Refusal): string | undefined {
    return answer.ok ? undefined : answer.message || this.parts.speech.text.notSent;
  }

  private ownLook(): Look {
    const { playerId, appearance } = this.visitor;
    return lookOf(playerId, this.players.get(playerId)?.metadata ?? (appearance ? { appearance } : {}));
  }

  private wear(look: Look): void {
    const appearance = appearanceOf(look);
    this.visitor.wear(appearance);
    this.session.update({ metadata: { appearance } });
  }

  /** Logged in or out: the name is offered, and who walks goes on as the new one. */
  private visitorChanged(): void {
    this.entrance.suggest(this.visitor.account?.username ?? "");
    if (this.scene === "world") this.session.rejoin();
  }

  private toggleMute(id: string): void {
    if (this.parts.muted.toggle(id)) this.stage.bubbles.hush(id);
    this.chat.clear();
    this.showChat(this.session.mirror);
    this.rosterStale = true;
  }

  private showChat(mirror: WorldMirror): void {
    this.chat.show(mirror.chat.filter((line) => !this.parts.muted.has(line.playerId)));
  }

  private stateChanged(state: SessionState): void {
    this.brand.light(state);
    if (state.kind === "terminated") this.end(state);
    this.banners.connection(state, this.scene === "world");
    this.entrance.outOfReach(state.kind === "reconnecting");
  }

  private end(state: Extract<SessionState, { kind: "terminated" }>): void {
    this.showScene("ended");
    this.banners.clearNotices();
    this.ended.show(state, this.session.mirror.world?.name ?? "", this.ownLook());
  }

  private worldChanged(mirror: WorldMirror, event: WorldEvent): void {
    const before = this.players;
    this.players = mirror.players;
    this.stage.follow(mirror, event, performance.now());
    this.rosterStale = true;
    switch (event.type) {
      case "snapshot":
        this.brand.nameWorld(mirror.world?.name ?? "");
        this.showChat(mirror);
        return;
      case "said":
        this.heard(event.message, mirror);
        return;
      case "unsaid":
        this.showChat(mirror);
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
    this.showChat(mirror);
    if (!this.parts.muted.has(message.playerId)) this.stage.bubbles.say(message, performance.now());
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
