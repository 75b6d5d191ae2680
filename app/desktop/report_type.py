"""The type of files that Arecibo exports, `.arecibo`, as a desktop learns it.

Source: Shared MIME-info Database, https://specifications.freedesktop.org/shared-mime-info-spec/
"""

NAME = "application/x-arecibo-report"
SUFFIX = ".arecibo"
FILE = "arecibo.xml"
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{NAME}">
    <comment>Arecibo error report</comment>
    <generic-icon name="text-x-generic"/>
    <magic priority="60">
      <match type="string" offset="0" value="POST ">
        <match type="string" offset="5:600" value="Arecibo-Report: "/>
      </match>
    </magic>
    <glob pattern="*{SUFFIX}"/>
  </mime-type>
</mime-info>
"""
