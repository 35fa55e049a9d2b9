/**
 * The player page: joins session, stage and panels, and decides which of entrance, world and end is shown.
 *
 * The one module of the page that sees everything. It draws nothing itself.
 */

import {
  type Identity,
  isBot,
  type Rest,
  type Scheduler,
  Session,
  type SessionState,
  type Wire,
  type WorldEvent,
  type WorldMirror,
} from "@comutiny/client";
import type { AvatarLook, Spot } from "@comutiny/client/contract";
import type { Language } from "../languages";
import { Visitor } from "./account";
import { Conversation } from "./conversation";
import { el } from "./dom/element";
import { EMOTES } from "./emote/emotes";
import { Entry } from "./entry";
import { AccountDialog } from "./hud/account-dialog";
import { Banners } from "./hud/banners";
import { BrandPanel } from "./hud/brand-panel";
import { type CardPlace, withRoom } from "./hud/card-place";
import { isAnnouncement } from "./hud/chat-lines";
import { EmotePicker } from "./hud/emote-picker";
import { Ended } from "./hud/ended";
import { Hint } from "./hud/hint";
import { Menu } from "./hud/menu";
import { Wardrobe } from "./hud/wardrobe";
import { Joystick } from "./input/joystick";
import { Keys } from "./input/keys";
import type { LearnedKept } from "./learned";
import { appearanceOf } from "./look/look";
import type { OwnLook } from "./look/own-look";
import { metadataOf } from "./look/worn";
import { besideOf, hasRoom } from "./map/beside";
import type { Terrain } from "./map/terrain";
import { spawnSpot } from "./map/walk";
import type { Muted } from "./muted";
import { People } from "./people";
import { type Scene, Scenes } from "./scenes";
import { Sharing } from "./sharing";
import { Stage } from "./stage";
import type { Speech } from "./text/speech";
import { Portraits, type Sitter, sitterOf } from "./view/portrait";
import type { SpriteImages } from "./view/sprite-images";

export interface PageParts {
  readonly root: HTMLElement;
  readonly wire: Wire;
  readonly terrain: Terrain;
  readonly scheduler: Scheduler;
  readonly identity: Identity;
  readonly speech: Speech;
  readonly sprites: SpriteImages;
  readonly muted: Muted;
  readonly rest: Rest;
  readonly look: OwnLook;
  readonly keepLanguage: (code: Language) => void;
  /** What this browser did before, and where that is kept. */
  readonly learned: LearnedKept;
  /** The address of the world, without a spot. */
  readonly address: string;
  /** Fingers instead of keys. */
  readonly touch: boolean;
  /** The browser's own way to send a link, where it has one. */
  readonly send: ((link: string) => void) | null;
}

export class PlayerPage {
  private readonly session: Session;
  private readonly stage: Stage;
  private readonly visitor: Visitor;
  private readonly conversation: Conversation;
  private readonly people: People;
  private readonly sharing: Sharing;
  private readonly hint: Hint;
  private readonly scenes: Scenes;
  private readonly wardrobe: Wardrobe;
  private readonly accountDialog: AccountDialog;
  private readonly canvas = el("canvas", { class: "world", tabindex: "0", role: "application" });
  private readonly brand = new BrandPanel();
  private readonly menu: Menu;
  private readonly emotePicker: EmotePicker;
  private readonly banners: Banners;
  private readonly entry: Entry;
  private readonly ended: Ended;
  private readonly joystick = new Joystick();
  /** The mirror before the event that is being applied: what a change changed. */
  private players: WorldMirror["players"] = new Map();
  /** What moderators see in the list; `null` for everybody else. */
  private openReports: { stop(): void } | null = null;
  /** A ticket of the administration is on its way to the server, or was. */
  private entering: Promise<void> | null = null;
  /** A snapshot came: the light of the world is known. */
  private seen = false;
  /** Where somebody waits who sent the link. */
  private meetAt: Spot | null = null;

  constructor(private readonly parts: PageParts) {
    const { speech, identity, muted, scheduler } = parts;
    const portraits = new Portraits(parts.sprites);
    this.session = this.openSession();
    const keys = this.listenToKeys();
    this.stage = new Stage({
      canvas: this.canvas,
      sprites: parts.sprites,
      terrain: parts.terrain,
      wish: () => keys.wish ?? this.joystick.wish,
      onFrame: (now) => {
        this.banners.tick(now);
        this.people.tick(now);
        this.sharing.tick(now);
      },
      onBearing: ({ position, heading, animation }) => {
        if (animation === "walk") this.hint.used("walk");
        this.session.update({ position, animation, metadata: { heading } });
      },
      onPerson: (id) => this.people.open(id),
    });
    this.visitor = new Visitor(parts.rest, identity, parts.look, {
      shown: () => this.shownLook(),
      ticket: () => this.session.ticket(),
      onChange: () => this.visitorChanged(),
    });
    this.wardrobe = new Wardrobe(speech, portraits, (look) => this.wear(look));
    this.accountDialog = new AccountDialog(speech, this.visitor, () => this.entry.entrance.name);
    this.accountDialog.element.addEventListener("close", () => this.readyToEnter());
    const { session, stage } = this;
    const onLeave = () => this.canvas.focus();
    const onWord = () => this.hint.used("speak");
    this.conversation = new Conversation({ session, speech, muted, stage, scheduler, onLeave, onWord });
    this.people = new People({
      session,
      speech,
      muted,
      portraits,
      terrain: parts.terrain,
      onMute: (id) => this.conversation.muteChanged(id, session.mirror),
      walkTo: (id) => this.walkTo(id),
      placeOf: (id) => this.placeOf(id),
      onChosen: (id) => {
        stage.ringed = id;
      },
      onCount: (sight) => this.entry.lookIn(sight),
    });
    this.sharing = new Sharing({
      speech,
      scheduler,
      stage,
      terrain: parts.terrain,
      address: parts.address,
      needsPin: () => identity.pin !== "",
      send: parts.send,
    });
    this.hint = new Hint({
      speech,
      touch: parts.touch,
      learned: parts.learned.current,
      onLearned: (learned) => parts.learned.keep(learned),
    });
    this.banners = new Banners(
      speech,
      () => session.retryNow(),
      (warning) => void session.read(warning),
    );
    this.entry = this.makeEntry();
    this.ended = new Ended(speech, portraits, () => this.comeBack());
    this.emotePicker = new EmotePicker(speech, (name) => {
      this.conversation.feel(name);
      this.canvas.focus();
    });
    this.menu = this.makeMenu();
    this.scenes = this.setScenes();
    speech.render((text) => {
      document.documentElement.lang = speech.code;
      this.canvas.setAttribute("aria-label", text.world);
      this.stage.moderator = text.role.moderator;
    });
  }

  /** What the handshake asks for. */
  get features(): readonly string[] {
    return this.session.features;
  }

  /** A PIN that came with the link. */
  bringPin(pin: string): void {
    this.parts.identity.pin = pin;
  }

  /** A link leads to this spot: one walks in there, or walks there when one is in. */
  comeTo(spot: Spot): void {
    if (this.scenes.current === "world") this.stage.walker.walkTo(spot);
    else this.meetAt = spot;
  }

  /** Who comes from the administration is the same person here. */
  enterWith(ticket: string): void {
    this.entering = this.visitor.enterWith(ticket).then((answer) => {
      if (!answer.ok) return this.visitor.recall();
      return undefined;
    });
  }

  start(): void {
    this.stage.walker.place(spawnSpot(this.parts.terrain, Math.random));
    this.scenes.show("entrance");
    this.brand.nameWorld("");
    this.brand.light(this.session.state);
    this.stage.start();
    this.session.start();
    if (this.entering === null) void this.visitor.recall();
  }

  private openSession(): Session {
    const { identity, wire, scheduler } = this.parts;
    return new Session({
      wire,
      scheduler,
      random: Math.random,
      profile: () => this.entry.profile(),
      renewPlayerId: () => this.visitor.account === null && identity.renew() !== "",
      keepGuestToken: (token) => {
        identity.guestToken = token;
      },
      listener: {
        onState: (state) => this.stateChanged(state),
        onWorld: (mirror, event) => this.worldChanged(mirror, event),
        onJoin: (answer) => this.entry.answered(answer),
      },
    });
  }

  private listenToKeys(): Keys {
    const inWorld = () => this.scenes.current === "world";
    return new Keys(
      window,
      () => inWorld() && this.conversation.chat.focus(),
      (index) => {
        const name = EMOTES[index];
        if (name && inWorld()) this.conversation.feel(name);
      },
    );
  }

  private makeMenu(): Menu {
    return new Menu(this.parts.speech, {
      share: () => this.sharing.panel.press(),
      look: () => this.wardrobe.show(this.sitter(), this.session.mirror.atlas),
      account: () => this.accountDialog.show(this.visitor.account),
      leave: () => {
        this.session.leave();
        this.stage.actors.selfId = null;
        this.scenes.show("entrance");
      },
      chooseLanguage: (code) => this.chooseLanguage(code),
    });
  }

  private chooseLanguage(code: Language): void {
    this.parts.speech.choose(code);
    this.parts.keepLanguage(code);
  }

  private setScenes(): Scenes {
    const { canvas: world, brand, banners, joystick, menu, ended, hint } = this;
    const { entrance } = this.entry;
    const { roster, card } = this.people;
    const { chat } = this.conversation;
    menu.element.prepend(this.sharing.panel.element, this.emotePicker.element);
    const dialogs = [card, this.wardrobe, this.accountDialog];
    return new Scenes(
      this.parts.root,
      { world, entrance, ended, brand, banners, hint, joystick, roster, chat, menu, dialogs },
      (scene) => this.sceneChanged(scene),
    );
  }

  private makeEntry(): Entry {
    const { speech, identity, terrain, sprites } = this.parts;
    return new Entry({
      mapId: terrain.id,
      speech,
      identity,
      visitor: this.visitor,
      portraits: new Portraits(sprites),
      bearing: () => this.stage.bearing,
      atlas: () => this.session.mirror.atlas,
      players: () => this.session.mirror.players,
      join: () => {
        this.placeNewcomer();
        this.session.join();
      },
      rejoin: () => this.session.rejoin(),
      chooseLanguage: (code) => this.chooseLanguage(code),
      onAccount: () => this.accountDialog.show(this.visitor.account),
      onIn: (playerId) => {
        this.stage.actors.selfId = playerId;
        const { position, heading } = this.stage.bearing;
        this.stage.bearingKnown({ position, heading, animation: "idle" });
        this.scenes.show("world");
      },
      onOut: () => this.scenes.show("entrance"),
    });
  }

  /** Beside who sent the link; on the plaza when that spot is gone or full. */
  private placeNewcomer(): void {
    const spot = this.meetAt;
    this.meetAt = null;
    if (!spot) return;
    const { terrain } = this.parts;
    const others = [...this.stage.actors.all];
    const free = hasRoom(terrain, spot, others) ? spot : besideOf(terrain, spot, others);
    if (free) this.stage.walker.place(free);
  }

  private walkTo(id: string): void {
    const { actors, walker } = this.stage;
    const to = actors.get(id);
    if (!to) return;
    walker.walkTo(besideOf(this.parts.terrain, to, [...actors.all]) ?? to);
    this.canvas.focus();
  }

  private placeOf(id: string): CardPlace {
    const { stage } = this;
    const { selfId } = stage.actors;
    const self = selfId === null ? null : stage.feetOf(selfId);
    const view = { width: window.innerWidth, height: window.innerHeight };
    const panels = [this.people.roster.element, this.conversation.chat.element];
    const kept = panels.map((it) => withRoom(it.getBoundingClientRect()));
    const own = self && { left: self.x - 20, right: self.x + 20, top: self.y - 90, bottom: self.y + 8 };
    return { feet: stage.feetOf(id), view, free: own ? [...kept, own] : kept };
  }

  private comeBack(): void {
    this.entry.entrance.setBusy(true);
    this.scenes.show("entrance");
    this.session.resume();
  }

  private sitter(): Sitter {
    const { playerId, look } = this.visitor;
    const known = this.session.mirror.players.get(playerId)?.metadata;
    return sitterOf(playerId, known ?? metadataOf(look, this.session.mirror.atlas));
  }

  /** What the visitor is seen in: chosen, given by the world, or born with the id. */
  private shownLook(): AvatarLook {
    const { look, sheetId } = this.sitter();
    return { appearance: appearanceOf(look), spriteAssetId: sheetId };
  }

  private wear(look: AvatarLook): void {
    this.visitor.wear(look);
    this.session.update({ metadata: metadataOf(look, this.session.mirror.atlas) });
  }

  /** Logged in or out: the name is offered, and who walks goes on as the new one. */
  /** Who has just logged in walks in with Enter, as before; a finger needs no field that opens its keyboard. */
  private readyToEnter(): void {
    if (this.scenes.current !== "entrance" || !this.visitor.account || this.parts.touch) return;
    this.entry.entrance.focus();
  }

  private visitorChanged(): void {
    this.entry.visitorChanged();
    void this.openDesk();
    if (this.scenes.current === "world") this.session.rejoin();
  }

  /** What moderators need comes with the first of them, and with nobody else. */
  private async openDesk(): Promise<void> {
    const maySee = () => ["host", "moderator"].includes(this.visitor.account?.role ?? "");
    this.people.makeDesk = null;
    this.openReports?.stop();
    this.openReports = null;
    if (!maySee()) return;
    const { speech, rest, scheduler, address } = this.parts;
    const [{ Desk }, { Moderation }, { OpenReports }] = await Promise.all([
      import("./desk/desk"),
      import("./desk/moderation"),
      import("./desk/open-reports"),
    ]);
    if (!maySee() || this.people.makeDesk) return;
    const moderation = new Moderation(rest);
    const administration = new URL("admin/", address).href;
    const after = (ms: number, run: () => void) => void scheduler.after(ms, run);
    this.people.makeDesk = (player, onKnown) =>
      new Desk(player, { speech, moderation, administration, after, onKnown });
    const onCounted = (counts: ReadonlyMap<string, number>) => this.people.roster.reported(counts);
    this.openReports = new OpenReports({ moderation, after, onKnown: onCounted });
  }

  private stateChanged(state: SessionState): void {
    this.brand.light(state);
    if (state.kind !== "live") this.conversation.forgetSilence();
    if (state.kind === "terminated") {
      this.scenes.show("ended");
      this.banners.clearNotices();
      this.ended.show(state, this.session.mirror.world?.name ?? "", this.sitter());
    }
    this.banners.connection(state, this.scenes.current === "world");
    this.entry.entrance.outOfReach(state.kind === "reconnecting");
  }

  private worldChanged(mirror: WorldMirror, event: WorldEvent): void {
    const before = this.players;
    this.players = mirror.players;
    this.stage.follow(mirror, event, performance.now());
    this.people.changed();
    switch (event.type) {
      case "left":
        this.people.left(event.id);
        return;
      case "snapshot":
        this.brand.nameWorld(mirror.world?.name ?? "");
        this.stage.lightUp(mirror.world?.mood ?? "day", !this.seen);
        this.seen = true;
        this.showPinned();
        this.conversation.show(mirror);
        this.entry.showFigure();
        return;
      case "mood":
        this.stage.lightUp(event.mood, false);
        return;
      case "pinned":
        this.showPinned();
        return;
      case "staff":
        this.conversation.show(mirror);
        return;
      case "chat":
        this.conversation.received(event.message, mirror);
        // Said while one is here it is news, and the chat may be out of sight.
        // One that stands is in sight already.
        if (isAnnouncement(event.message) && event.message.content !== mirror.world?.pinned?.message)
          this.banners.notice({ kind: "announcement", message: event.message.content });
        return;
      case "chatRemoved":
      case "chatRestored":
        this.conversation.show(mirror);
        return;
      case "joined":
        // Bots come by the hundred, and are no news.
        if (this.scenes.current === "world" && !before.has(event.player.id) && !isBot(event.player))
          this.conversation.chat.lines.cameIn(event.player.name);
        return;
      case "updated":
        this.conversation.felt(event.patches, before);
        return;
      case "emoted":
        this.conversation.showEmote(event, before);
        return;
      case "notice":
        this.banners.notice(event.notice);
        this.conversation.noticed(event.notice);
        return;
      default:
    }
  }

  /** Who has not come in yet reads it inside. */
  private showPinned(): void {
    const inWorld = this.scenes.current === "world";
    this.banners.pin((inWorld && this.session.mirror.world?.pinned) || null);
  }

  private sceneChanged(scene: Scene): void {
    const inWorld = scene === "world";
    this.stage.walking = inWorld;
    this.stage.night = scene === "ended";
    this.people.know(inWorld ? this.stage.actors.selfId : null);
    this.menu.inWorld(inWorld);
    this.emotePicker.inWorld(inWorld);
    this.sharing.inWorld(inWorld);
    this.hint.inWorld(inWorld);
    if (scene === "entrance") this.entry.showFigure();
    this.showPinned();
    this.banners.connection(this.session.state, inWorld);
  }
}
