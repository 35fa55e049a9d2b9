; What the uninstaller calls "application data" is the world itself: its accounts, chat and sprites. The box beside it
; was ticked by somebody who may not know that, so it is said, and keeping the world is what Enter does.
!macro NSIS_HOOK_PREUNINSTALL
  ${If} $DeleteAppDataCheckboxState = 1
  ${AndIf} $UpdateMode <> 1
    ${If} $LANGUAGE = 1034
    ${OrIf} $LANGUAGE = 3082
      StrCpy $R9 "Esto borra también tu mundo: cuentas, chat, imágenes y ajustes. No se puede deshacer.$\r$\n$\r$\n¿Borrar el mundo?"
    ${Else}
      StrCpy $R9 "This also deletes your world: accounts, chat, sprites and settings. It cannot be undone.$\r$\n$\r$\nDelete the world?"
    ${EndIf}
    ${IfNot} ${Cmd} `MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$R9" /SD IDNO IDYES`
      StrCpy $DeleteAppDataCheckboxState 0
    ${EndIf}
  ${EndIf}
!macroend
