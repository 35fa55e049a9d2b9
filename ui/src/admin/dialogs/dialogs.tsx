/** Every dialog by its kind. */

import type { DialogRequest } from "../state/dialog";
import { BanAddressDialog } from "./ban-address-dialog";
import { BanDialog } from "./ban-dialog";
import { AnnounceDialog, KickAllDialog } from "./broadcast-dialogs";
import { DialogFrame } from "./dialog-frame";
import { KickDialog, WarnDialog } from "./kick-dialog";
import { MuteDialog } from "./mute-dialog";
import { NewBotDialog } from "./new-bot-dialog";
import { NewWebhookDialog } from "./new-webhook-dialog";
import { TellDialog } from "./tell-dialog";
import { DemoteDialog, NewUserDialog, PasswordDialog, RemoveUserDialog, SuspendDialog } from "./user-dialogs";

export default function Dialogs({ dialog }: { readonly dialog: DialogRequest }) {
  switch (dialog.kind) {
    case "kick":
      return <KickDialog target={dialog.target} reason={dialog.reason} onDone={dialog.onDone} />;
    case "ban":
      return <BanDialog target={dialog.target} reason={dialog.reason} onDone={dialog.onDone} />;
    case "mute":
      return <MuteDialog target={dialog.target} reason={dialog.reason} />;
    case "warn":
      return <WarnDialog target={dialog.target} reason={dialog.reason} />;
    case "tell":
      return <TellDialog target={dialog.target} />;
    case "ban-address":
      return <BanAddressDialog />;
    case "announce":
      return <AnnounceDialog />;
    case "kick-all":
      return <KickAllDialog />;
    case "confirm":
      return (
        <DialogFrame
          question={dialog.question}
          consequence={dialog.consequence}
          verb={dialog.verb}
          tone="danger"
          right={dialog.right}
          onSubmit={dialog.run}
        />
      );
    case "new-bot":
      return <NewBotDialog onMade={dialog.onMade} />;
    case "new-webhook":
      return <NewWebhookDialog onMade={dialog.onMade} />;
    case "new-user":
      return <NewUserDialog />;
    case "password":
      return <PasswordDialog user={dialog.user} />;
    case "demote":
      return <DemoteDialog user={dialog.user} role={dialog.role} />;
    case "remove-user":
      return <RemoveUserDialog user={dialog.user} />;
    case "suspend":
      return <SuspendDialog user={dialog.user} />;
  }
}
