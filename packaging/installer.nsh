; "Watch with Tagalong" in the menu of a folder in Explorer, for the user who installs.

!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Tagalong" "" "Watch with Tagalong"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Tagalong" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Tagalong\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Tagalong"
!macroend
