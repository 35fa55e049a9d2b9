/** What people can wear: uploaded sheets and drawn ones. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  DotsThreeIcon,
  PencilSimpleIcon,
  SparkleIcon,
  TrashIcon,
  TShirtIcon,
  UploadSimpleIcon,
} from "@phosphor-icons/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdmin } from "../../access/admin";
import * as calls from "../../api/calls";
import { sprites } from "../../api/lists";
import type { Sprite } from "../../contract";
import { useFormat } from "../../format/use-format";
import { ActionButton } from "../../kit/action-button";
import { MenuAction } from "../../kit/menu-action";
import { Page } from "../../kit/page";
import { SearchField } from "../../kit/search-field";
import { Empty, NoMatch } from "../../kit/states";
import { Tag } from "../../kit/tag";
import tools from "../../kit/tools.module.css";
import { notify } from "../../kit/use-done";
import { usePages } from "../../kit/use-pages";
import { WhenListed } from "../../kit/when-read";
import { fold } from "../../people/search-texts";
import { openDialog } from "../../state/dialog";
import { GenerateDialog } from "./generate-dialog";
import { SpriteForm, SpriteNames } from "./sprite-form";
import { SpritePicture } from "./sprite-picture";
import classes from "./sprites.module.css";
import { UploadDialog } from "./upload-dialog";

type Open =
  | { readonly kind: "upload" | "generate" }
  | { readonly kind: "rename"; readonly sprite: Sprite }
  | null;

export default function Sprites() {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const format = useFormat();
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const pages = usePages("sprites", async (offset, limit, signal) => {
    const page = await sprites(api, { offset, limit }, signal);
    return { total: page.total, items: page.assets };
  });
  const shown = pages.items.filter((sprite) =>
    fold(`${sprite.name} ${sprite.category}`).includes(fold(text.trim())),
  );
  const close = (changed: boolean) => {
    setOpen(null);
    if (changed) pages.reload();
  };
  return (
    <Page
      title={t("view.sprites")}
      actions={
        <>
          <ActionButton
            right="sprites"
            variant="default"
            leftSection={<SparkleIcon size={16} />}
            onClick={() => setOpen({ kind: "generate" })}
          >
            {t("sprites.draw")}
          </ActionButton>
          <ActionButton
            right="sprites"
            leftSection={<UploadSimpleIcon size={16} />}
            onClick={() => setOpen({ kind: "upload" })}
          >
            {t("sprites.upload")}
          </ActionButton>
        </>
      }
    >
      <div className={tools.tools} style={{ paddingInline: 0 }}>
        <SearchField value={text} onChange={setText} label={t("sprites.search")} />
      </div>
      <WhenListed
        pages={{ ...pages, items: shown }}
        failed={t("sprites.failed")}
        empty={<Nothing searched={pages.total > 0} onClear={() => setText("")} />}
      >
        <ul className={classes.grid}>
          {shown.map((sprite) => (
            <SpriteCard
              key={sprite.id}
              sprite={sprite}
              onRename={() => setOpen({ kind: "rename", sprite })}
              onChanged={pages.reload}
            />
          ))}
        </ul>
      </WhenListed>
      {pages.total > 0 && (
        <p className={classes.foot}>
          {t("list.shown", { shown: format.count(shown.length), count: pages.total })}{" "}
          {!pages.complete && (
            <Button variant="subtle" size="compact-sm" loading={pages.growing} onClick={pages.more}>
              {t("list.more")}
            </Button>
          )}
        </p>
      )}
      {open?.kind === "upload" && <UploadDialog onClose={close} />}
      {open?.kind === "generate" && <GenerateDialog onClose={close} />}
      {open?.kind === "rename" && <RenameForm sprite={open.sprite} onClose={close} />}
    </Page>
  );
}

interface SpriteCardProps {
  readonly sprite: Sprite;
  readonly onRename: () => void;
  readonly onChanged: () => void;
}

function SpriteCard({ sprite, onRename, onChanged }: SpriteCardProps) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const remove = () =>
    openDialog({
      kind: "confirm",
      question: t("sprites.removeQuestion", { name: sprite.name }),
      consequence: t("sprites.removeConsequence"),
      verb: t("sprites.remove"),
      right: "sprites",
      run: async () => {
        await calls.removeSprite(api, sprite.id);
        notify(t("sprites.removed", { name: sprite.name }));
        onChanged();
      },
    });
  return (
    <li className={classes.card}>
      <SpritePicture imageUrl={sprite.imageUrl} metadata={sprite.metadata} height={112} />
      <div className={classes.caption}>
        <span className="name" dir="auto" title={sprite.name}>
          {sprite.name}
        </span>
        <Tag>{sprite.category}</Tag>
      </div>
      <Menu position="bottom-end" width={170}>
        <Menu.Target>
          <ActionIcon className={classes.menu ?? ""} aria-label={t("players.menuOf", { name: sprite.name })}>
            <DotsThreeIcon size={18} weight="bold" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuAction right="sprites" icon={<PencilSimpleIcon size={16} />} onClick={onRename}>
            {t("sprites.rename")}
          </MenuAction>
          <MenuAction right="sprites" harsh icon={<TrashIcon size={16} />} onClick={remove}>
            {t("sprites.remove")}
          </MenuAction>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function RenameForm({
  sprite,
  onClose,
}: {
  readonly sprite: Sprite;
  readonly onClose: (changed: boolean) => void;
}) {
  const { t } = useTranslation();
  const { api } = useAdmin();
  const [name, setName] = useState(sprite.name);
  const [category, setCategory] = useState(sprite.category);
  return (
    <SpriteForm
      title={t("sprites.renameTitle", { name: sprite.name })}
      verb={t("sprites.save")}
      onClose={onClose}
      onSubmit={() => calls.changeSprite(api, sprite.id, { name, category })}
    >
      <SpriteNames name={name} category={category} onName={setName} onCategory={setCategory} first />
    </SpriteForm>
  );
}

function Nothing({ searched, onClear }: { readonly searched: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  return searched ? <NoMatch onClear={onClear} /> : <Empty icon={TShirtIcon}>{t("sprites.none")}</Empty>;
}
