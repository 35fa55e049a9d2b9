/**
 * Every view of the page: its address, name, icon, place in the navigation, and code, which is loaded when first shown.
 */
import {
  ChartLineUpIcon,
  ChatCircleDotsIcon,
  DesktopIcon,
  FlagIcon,
  GaugeIcon,
  GavelIcon,
  GearSixIcon,
  type Icon,
  IdentificationCardIcon,
  QrCodeIcon,
  RobotIcon,
  ScrollIcon,
  TerminalWindowIcon,
  TShirtIcon,
  UsersThreeIcon,
} from "@phosphor-icons/react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { platform } from "../../platform";
import type { Right } from "../contract";

export type ViewId =
  | "dashboard"
  | "players"
  | "chat"
  | "reports"
  | "invite"
  | "users"
  | "sanctions"
  | "sprites"
  | "bots"
  | "audit"
  | "loadtest"
  | "logs"
  | "settings"
  | "computer";

export interface View {
  readonly id: ViewId;
  readonly icon: Icon;
  readonly group: "now" | "keep" | "engine";
  /** Without it the view says who may see it. */
  readonly right: Right | null;
  readonly Component: LazyExoticComponent<ComponentType>;
}

const ALL: readonly View[] = [
  {
    id: "dashboard",
    icon: GaugeIcon,
    group: "now",
    right: null,
    Component: lazy(() => import("../views/dashboard/dashboard")),
  },
  {
    id: "players",
    icon: UsersThreeIcon,
    group: "now",
    right: null,
    Component: lazy(() => import("../views/players/players")),
  },
  {
    id: "chat",
    icon: ChatCircleDotsIcon,
    group: "now",
    right: null,
    Component: lazy(() => import("../views/chat/chat")),
  },
  {
    id: "reports",
    icon: FlagIcon,
    group: "now",
    right: null,
    Component: lazy(() => import("../views/reports/reports")),
  },
  {
    id: "invite",
    icon: QrCodeIcon,
    group: "keep",
    right: null,
    Component: lazy(() => import("../views/invite/invite")),
  },
  {
    id: "users",
    icon: IdentificationCardIcon,
    group: "keep",
    right: null,
    Component: lazy(() => import("../views/users/users")),
  },
  {
    id: "sanctions",
    icon: GavelIcon,
    group: "keep",
    right: null,
    Component: lazy(() => import("../views/sanctions/sanctions")),
  },
  {
    id: "sprites",
    icon: TShirtIcon,
    group: "keep",
    right: null,
    Component: lazy(() => import("../views/sprites/sprites")),
  },
  {
    id: "bots",
    icon: RobotIcon,
    group: "keep",
    right: "services",
    Component: lazy(() => import("../views/bots/bots")),
  },
  {
    id: "audit",
    icon: ScrollIcon,
    group: "keep",
    right: null,
    Component: lazy(() => import("../views/audit/audit")),
  },
  {
    id: "loadtest",
    icon: ChartLineUpIcon,
    group: "engine",
    right: null,
    Component: lazy(() => import("../views/loadtest/loadtest")),
  },
  {
    id: "logs",
    icon: TerminalWindowIcon,
    group: "engine",
    right: "logs",
    Component: lazy(() => import("../views/logs/logs")),
  },
  {
    id: "settings",
    icon: GearSixIcon,
    group: "engine",
    right: "settings",
    Component: lazy(() => import("../views/settings/settings")),
  },
  {
    id: "computer",
    icon: DesktopIcon,
    group: "engine",
    right: null,
    Component: lazy(() => import("../views/computer/computer")),
  },
];

/** Only the desktop program has a computer to look after. */
export const VIEWS: readonly View[] = ALL.filter(({ id }) => id !== "computer" || platform.computer !== null);

/** On a phone: these and "More". */
export const BOTTOM_BAR: readonly ViewId[] = ["dashboard", "players", "chat", "reports"];

export function viewOf(id: string): View | undefined {
  return VIEWS.find((view) => view.id === id);
}
