export type Role = "host" | "moderator" | "viewer" | "user";
export interface Position { x: number; y: number; z: number }
export interface Appearance { hair: string | null; face: string | null; outfit: string | null; shoes: string | null }
export interface AdminSession {
  id: string; node: string; kind: "account" | "guest" | "bot"; joined: boolean; playerId: string | null;
  name: string | null; role: Role | null; address: string; transport: "websocket" | "polling"; batch: boolean;
  userAgent: string | null; connectedAt: string; joinedAt: string | null; lastActiveAt: string;
  position: Position | null; mapId: string | null; avatarId: string | null; sprite: string | null;
  appearance?: Appearance | null; subject?: string | null;
  pingMs: number | null; muted: { until: string | null; reason: string } | null; warnings: number; openReports: number;
}
export interface Sample {
  at: string; players: number; sockets: number; joins: number; leaves: number; messages: number; updates: number;
  deliveries: number; coalesced: number; flushP50Ms: number; flushP95Ms: number; flushP99Ms: number; ackP95Ms: number;
  cpuPercent: number; memoryBytes: number; hostCpuPercent: number; hostMemoryPercent: number; slowClients: number;
}
export interface ServerInfo {
  name: string; version: string; node: string; startedAt: string; state: "running" | "draining";
  health: "ok" | "degraded"; reasons: string[]; cluster: "standalone" | "healthy" | "degraded" | "resyncing";
  links: string[]; world: { id: string; name: string; description: string }; joinPin?: string | null;
}
export interface NodeInfo {
  id: string; address: string | null; players: number; leaseAgeMs: number | null; lagMs: number | null;
  version: string; self: boolean;
}
export interface Person { id: string; name: string }
export interface ActionEntry {
  id: string; at: string; actor: Person; action: string; subject: string; subjectName: string | null;
  details: Record<string, unknown>; undoable: boolean; undoneAt: string | null;
}
export interface ChatMessage { id: string; playerId: string; author: string; content: string; timestamp: string }
export interface AdminState {
  seq: number; at: string; me: { id: string; name: string; role: Role }; server: ServerInfo; nodes: NodeInfo[];
  sessions: AdminSession[]; chat: ChatMessage[]; now: Sample; history: Sample[]; openReports: number;
  recentActions: ActionEntry[];
}
export interface Report {
  id: string; at: string; reporter: { playerId: string; name: string };
  target: { playerId: string; name: string; sessionId: string | null }; reason: string;
  status: "open" | "resolved" | "dismissed"; closedBy: Person | null; closedAt: string | null; note: string | null;
}
export interface AdminChanges {
  seq: number; at: string; server?: ServerInfo; nodes?: NodeInfo[]; me?: AdminState["me"]; sessions?: AdminSession[];
  gone?: string[]; chat?: ChatMessage[]; removedMessages?: string[]; restoredMessages?: ChatMessage[]; sample?: Sample;
  openReports?: number; reports?: Report[]; actions?: ActionEntry[];
}
export interface Sanction {
  id: string; kind: "account" | "guest" | "address"; subject: string; subjectName: string | null; reason: string;
  until: string | null; createdBy: Person; createdAt: string; liftedAt: string | null;
}
