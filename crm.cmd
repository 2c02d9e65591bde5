@echo off
rem Runs Crm from this checkout on Windows; needs the .NET 10 SDK.
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (echo crm: the .NET 10 SDK is not installed. See https://dotnet.microsoft.com/download 1>&2 & exit /b 2)
dotnet build "%~dp0src\Crm.Host" -c Release -v quiet -nologo 1>&2 || exit /b 2
dotnet "%~dp0src\Crm.Host\bin\Release\net10.0\crm.dll" %*
exit /b %ERRORLEVEL%
