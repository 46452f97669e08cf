# On the Windows machine of a release: installs, starts and removes the program.
# Not run yet, as .github/workflows/release.yml says.
param([Parameter(Mandatory)][string] $Msi)
$ErrorActionPreference = "Stop"

function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    $process = Start-Process $Program -ArgumentList $Arguments -Wait -PassThru
    if ($process.ExitCode -ne 0) { throw "$Program $Arguments ended with $($process.ExitCode)" }
}

$folder = "$env:ProgramFiles\Espalier"
Invoke-Checked msiexec "/i", "`"$Msi`"", "/qn", "/l*v", "install.log"
Invoke-Checked "$folder\espalier.exe" "--self-test"
Invoke-Checked "$folder\espalier-cli.exe" "snippet", "list"
Invoke-Checked msiexec "/x", "`"$Msi`"", "/qn"
if (Test-Path $folder) { throw "$folder is still there" }
