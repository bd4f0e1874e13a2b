; What Explorer offers, for the user who installs: "Watch with Tagalong" in the menu of a folder, and Tagalong under
; "Open with" of a picture. It becomes the program for neither by itself.

!define TAGALONG_FOLDER "Software\Classes\Directory\shell\Tagalong"

!macro tagalongOpens ENDING
  WriteRegStr SHCTX "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" "${ENDING}" ""
!macroend

!macro customInstall
  WriteRegStr SHCTX "${TAGALONG_FOLDER}" "" "Watch with Tagalong"
  WriteRegStr SHCTX "${TAGALONG_FOLDER}" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHCTX "${TAGALONG_FOLDER}\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

  WriteRegStr SHCTX "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHCTX "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro tagalongOpens ".jpg"
  !insertmacro tagalongOpens ".jpeg"
  !insertmacro tagalongOpens ".png"
  !insertmacro tagalongOpens ".webp"
  !insertmacro tagalongOpens ".tif"
  !insertmacro tagalongOpens ".tiff"
  !insertmacro tagalongOpens ".gif"
  !insertmacro tagalongOpens ".bmp"
  !insertmacro tagalongOpens ".avif"
  !insertmacro tagalongOpens ".heic"
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "${TAGALONG_FOLDER}"
  DeleteRegKey SHCTX "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
